package dev.fantasticfour.world.api.event;

/**
 * How a run begins that comes to be in the unit of another one: as its child, or in its place.
 *
 * @param creation what it is created from. Where it names no pin and stays within the application,
 *     the run is pinned as the other one is
 * @param unpinned whether any build may execute it, whatever the other one is pinned to
 */
public record Birth(Fact.RunCreated creation, boolean unpinned) {

  /** Whether builds may have it as they may have the run it comes from, where that is a choice. */
  public boolean inheritsPin() {
    return creation.pin() == null && !unpinned;
  }
}

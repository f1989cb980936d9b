package dev.fantasticfour.world.example.agent;

/** Looks where an order is. Anybody may know that. */
final class TrackTool implements Tool {

  @Override
  public String name() {
    return "track";
  }

  @Override
  public boolean isDangerous() {
    return false;
  }

  @Override
  public String use(String order, String idempotencyKey) {
    return order + " is on its way";
  }
}

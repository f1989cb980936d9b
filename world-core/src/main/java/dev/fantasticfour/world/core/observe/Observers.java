package dev.fantasticfour.world.core.observe;

import java.util.Collection;
import java.util.List;

/** Makes one observer of many. */
public final class Observers {

  private Observers() {}

  /**
   * One that calls all of these, each until it throws for the first time.
   *
   * @return {@link Observer#NONE} when there are none
   */
  public static Observer of(Collection<? extends Observer> observers) {
    List<Observer> kept =
        observers.stream()
            .filter(each -> each != Observer.NONE)
            .<Observer>map(ShieldedObserver::new)
            .toList();
    return switch (kept.size()) {
      case 0 -> Observer.NONE;
      case 1 -> kept.getFirst();
      default -> new ManyObservers(kept);
    };
  }
}

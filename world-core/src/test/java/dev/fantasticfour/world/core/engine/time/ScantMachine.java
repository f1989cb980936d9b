package dev.fantasticfour.world.core.engine.time;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A machine that cannot start the first thread of each name at once. */
public final class ScantMachine extends RealMachine {

  private final RefusingThreads threads = new RefusingThreads();
  private final ThreadStarts starts = new ThreadStarts(this);
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  /** The names of which a thread was not started at once. */
  public Set<String> refused() {
    return refused;
  }

  @Override
  public void start(String name, Runnable body) {
    boolean isFirst = refused.add(name);
    if (isFirst) {
      threads.refuse(1);
    }
    starts.start(
        () -> {
          if (isFirst) {
            threads.newThread(body).start();
          } else {
            startNow(name, body);
          }
        });
  }

  @Override
  public void startRefused() {
    starts.startRefused();
  }
}

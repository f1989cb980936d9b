package dev.fantasticfour.world.opentelemetry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The last that were put in, and no more: what is forgotten costs a link, and nothing else. Safe
 * for any number of threads.
 */
final class Recent<K, V> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, V> kept;

  /**
   * @param most how many it keeps
   */
  Recent(int most) {
    this.kept =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  void put(K key, V value) {
    lock.lock();
    try {
      kept.remove(key);
      kept.put(key, value);
    } finally {
      lock.unlock();
    }
  }

  /** Takes it out; null when it is not there. */
  @Nullable V take(K key) {
    lock.lock();
    try {
      return kept.remove(key);
    } finally {
      lock.unlock();
    }
  }
}

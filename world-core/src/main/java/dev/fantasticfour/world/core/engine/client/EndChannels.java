package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.fold.FoldSize;
import dev.fantasticfour.world.core.engine.fold.Folder;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.Announcements;
import dev.fantasticfour.world.core.port.Announcements.Listening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels on which processes tell each other of runs that somebody may wait for: one per task
 * queue, each listened to at most once by a process, from its first waiter on.
 */
final class EndChannels implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EndChannels.class);
  private static final int MOST_PER_CALL = 1_000;

  /** Where runs end by the thousand, a call for every few of them costs more than they do. */
  private static final Duration PAUSE = Duration.ofMillis(2);

  private static final Duration CLOSING = Duration.ofSeconds(2);

  /** Nobody listens there, or not without interruption. */
  private static final long NOT_COVERED = 0;

  private record End(String taskQueue, String message) {}

  /**
   * A channel that is listened to.
   *
   * @param gaps how often messages may have been missed; the beginning counts
   */
  private record Open(Listening listening, AtomicLong gaps) {}

  private final Announcements announcements;
  private final News news;
  private final Consumer<String> heard;
  private final Runnable gap;
  private final Folder<End, Folder.NoAnswer> ends;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Open> open = new HashMap<>();
  private final Set<String> refused = new HashSet<>();

  /** Those that were said to be refused, and not yet to be listened to again. */
  private final Set<String> wasRefused = new HashSet<>();

  private boolean closed;

  /** What is told of runs. */
  enum News {
    /** They have ended. */
    ENDED("ended", "ended runs"),
    /** They show new values. */
    SHOWN("shown", "published states"),
    /** Their updates have answers. */
    ANSWERED("answered", "answers to updates");

    private final String word;
    private final String what;

    News(String word, String what) {
      this.word = word;
      this.what = what;
    }

    private String channel(String taskQueue) {
      return word + "." + taskQueue;
    }
  }

  /** Those of ends. */
  EndChannels(Machine machine, Announcements announcements, Consumer<RunId> ended, Runnable gap) {
    this(machine, announcements, News.ENDED, message -> ended.accept(new RunId(message)), gap);
  }

  /**
   * @param heard called with every message; quick
   * @param gap called whenever some may have been missed; quick
   */
  EndChannels(
      Machine machine,
      Announcements announcements,
      News news,
      Consumer<String> heard,
      Runnable gap) {
    this.news = news;
    this.ends =
        Folder.telling(
            machine,
            "world-" + news.word,
            "announcing " + news.what,
            FoldSize.<End>of(MOST_PER_CALL).pausing(PAUSE),
            "who waits for them looks by itself",
            this::announce);
    this.announcements = announcements;
    this.heard = heard;
    this.gap = gap;
  }

  /** Tells the other processes, together with whatever else ends at this moment. Never blocks. */
  void announce(RunId run, String taskQueue) {
    announce(run.value(), taskQueue);
  }

  /** The same of what is not told by the id of a run alone. */
  void announce(String message, String taskQueue) {
    ends.add(new End(taskQueue, message));
  }

  /** Listens from now on. A streamer that refused once is asked again by {@link #retry} only. */
  void listen(String taskQueue) {
    lock.lock();
    try {
      if (!closed && !open.containsKey(taskQueue) && !refused.contains(taskQueue)) {
        AtomicLong gaps = new AtomicLong();
        open.put(
            taskQueue,
            new Open(
                announcements.listen(
                    news.channel(taskQueue),
                    this::heard,
                    () -> {
                      gaps.incrementAndGet();
                      gap.run();
                    }),
                gaps));
        if (wasRefused.remove(taskQueue)) {
          LOG.info("Listens for {} of task queue '{}' again.", news.what, taskQueue);
        }
      }
    } catch (RuntimeException | Error e) {
      refused.add(taskQueue);
      if (wasRefused.add(taskQueue)) {
        LOG.warn(
            "Cannot listen for {} of task queue '{}', so that who waits for them may be late until"
                + " that works: {}",
            news.what,
            taskQueue,
            String.valueOf(e));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Asks again where the streamer refused. */
  void retry() {
    Set<String> again;
    lock.lock();
    try {
      again = Set.copyOf(refused);
      refused.clear();
    } finally {
      lock.unlock();
    }
    again.forEach(this::listen);
  }

  /**
   * Names the time since which every end on a channel has been heard of, for {@link
   * #isCoveredSince}. Never blocks.
   */
  long coverage(String taskQueue) {
    lock.lock();
    try {
      Open channel = open.get(taskQueue);
      return channel == null || channel.listening().isInterrupted()
          ? NOT_COVERED
          : channel.gaps().get();
    } finally {
      lock.unlock();
    }
  }

  /** Whether every end on a channel since then was heard of, or will be. Never blocks. */
  boolean isCoveredSince(long coverage, String taskQueue) {
    return coverage != NOT_COVERED && coverage == coverage(taskQueue);
  }

  /** Whether ends may happen at this moment that nobody would be told of. Never blocks. */
  boolean isInterrupted() {
    lock.lock();
    try {
      return !refused.isEmpty()
          || open.values().stream().anyMatch(channel -> channel.listening().isInterrupted());
    } finally {
      lock.unlock();
    }
  }

  /** Listens no more, once the ends that were to be announced are, or a moment is over. */
  @Override
  public void close() {
    boolean unused = ends.awaitIdle(CLOSING);
    List<Open> all;
    lock.lock();
    try {
      closed = true;
      all = List.copyOf(open.values());
      open.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(channel -> channel.listening().close());
  }

  static String channel(String taskQueue) {
    return News.ENDED.channel(taskQueue);
  }

  private void heard(String message) {
    try {
      heard.accept(message);
    } catch (RuntimeException | Error e) {
      LOG.warn("Ignored an announcement that says nothing: {}", String.valueOf(e));
    }
  }

  private void announce(List<End> ends) {
    Map<String, List<String>> byChannel = new LinkedHashMap<>();
    for (End end : ends) {
      byChannel
          .computeIfAbsent(news.channel(end.taskQueue()), name -> new ArrayList<>())
          .add(end.message());
    }
    byChannel.forEach(this::tell);
  }

  /** One channel that cannot be told is no reason to leave out the others. */
  private void tell(String channel, List<String> messages) {
    try {
      announcements.announce(channel, messages);
    } catch (RuntimeException | Error e) {
      LOG.debug("{} {} were not announced on '{}'", messages.size(), news.what, channel, e);
    }
  }
}

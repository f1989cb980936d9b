package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.fold.FoldSize;
import dev.fantasticfour.world.core.engine.fold.Folder;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings what runs of this node have sent to other runs into their logs, together with whatever
 * else is sent at this moment, and has their owners woken. What could not be moved, because the
 * store is away or somebody has the target locked, is moved a moment later. Safe for any number of
 * threads.
 */
final class Relays {

  private static final int MOST_PER_CALL = 500;
  private static final int MOST_OF_A_TARGET = 1_000;
  private static final Duration AGAIN = Duration.ofMillis(250);

  /** Most often a target is locked for as long as an append of its owner takes. */
  private static final List<Duration> SOON =
      List.of(Duration.ofMillis(2), Duration.ofMillis(8), Duration.ofMillis(40));

  private static final int MOST_REMEMBERED = 10_000;

  private final Environment environment;
  private final News news;
  private final Folder<Owing, Folder.NoAnswer> moves;

  /**
   * Relays that were moved together with those of others, and of which this node is still to be
   * told that they are owed: they need not be looked for then. Of the folder's thread; the oldest
   * are forgotten.
   */
  private final Set<String> movedEarly = new LinkedHashSet<>();

  Relays(Environment environment, News news) {
    this.environment = environment;
    this.news = news;
    this.moves =
        Folder.telling(
            environment.machine(),
            "world-relays",
            "moving what runs have sent to others",
            FoldSize.of(MOST_PER_CALL),
            "it is moved in a moment",
            this::move);
  }

  /**
   * A run that has sent something.
   *
   * @param relays their ids, and to whom; none when only the store knows
   * @param relieved called when all of it was moved
   * @param tries how often that was tried in vain
   */
  private record Owing(RunId source, Map<String, RunId> relays, Runnable relieved, int tries) {

    /** Whether nothing needs to be asked: what it owes is known, and nobody else moves it. */
    boolean isKnown() {
      return !relays.isEmpty();
    }

    /** Whoever it was for may have gone on in another run: in the end the store is asked. */
    Owing again() {
      int next = tries + 1;
      return new Owing(source, next <= SOON.size() ? relays : Map.of(), relieved, next);
    }

    Duration pause() {
      return isKnown() ? SOON.get(tries - 1) : AGAIN;
    }
  }

  /** Moves what a run has sent, soon. See {@link Owing}. */
  void owes(RunId source, Map<String, RunId> relays, Runnable relieved) {
    moves.add(new Owing(source, Map.copyOf(relays), relieved, 0));
  }

  private void move(List<Owing> all) {
    List<Owing> left = new ArrayList<>(all);
    try {
      Set<RunId> targets = new LinkedHashSet<>();
      for (Owing each : all) {
        targets.addAll(
            each.isKnown()
                ? each.relays().values()
                : environment.storage().owed(each.source(), MOST_OF_A_TARGET));
      }
      Set<String> moved = targets.isEmpty() ? Set.of() : relay(targets);
      movedEarly.addAll(moved);
      left.removeIf(this::isOver);
      forgetOldest();
    } catch (WorldException e) {
      if (e.code() == ErrorCode.CLOSED) {
        // Whoever takes the runs over moves it.
        left.clear();
      } else if (e.code().kind() != ErrorCode.Kind.TRANSIENT) {
        throw e;
      }
    } finally {
      again(left);
    }
  }

  /** Somebody else may have moved it, or nobody because the target was locked: then it waits. */
  private boolean isOver(Owing owing) {
    Set<String> ids = owing.relays().keySet();
    boolean over =
        owing.isKnown()
            ? movedEarly.containsAll(ids)
            : environment.storage().owed(owing.source(), 1).isEmpty();
    if (over) {
      movedEarly.removeAll(ids);
      owing.relieved().run();
    }
    return over;
  }

  private void forgetOldest() {
    Iterator<String> oldest = movedEarly.iterator();
    for (int i = movedEarly.size(); i > MOST_REMEMBERED; i--) {
      oldest.next();
      oldest.remove();
    }
  }

  /** Returns which relays have entered. */
  private Set<String> relay(Set<RunId> targets) {
    Set<String> moved = new HashSet<>();
    for (Relayed entered : environment.storage().relay(targets, MOST_OF_A_TARGET)) {
      for (Event event : entered.events()) {
        moved.add(event.batchId());
      }
      news.relayed(entered);
    }
    return moved;
  }

  private void again(List<Owing> left) {
    Map<Duration, List<Owing>> byPause =
        left.stream().map(Owing::again).collect(Collectors.groupingBy(Owing::pause));
    byPause.forEach(
        (pause, some) ->
            environment.alarms().set(() -> moves.addAll(some), environment.now().plus(pause)));
  }
}

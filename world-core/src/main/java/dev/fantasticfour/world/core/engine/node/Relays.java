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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  private final Environment environment;
  private final News news;
  private final Folder<Owing, Folder.NoAnswer> moves;

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
   */
  private record Owing(RunId source, Map<String, RunId> relays, Runnable relieved) {}

  /** Moves what a run has sent, soon. See {@link Owing}. */
  void owes(RunId source, Map<String, RunId> relays, Runnable relieved) {
    moves.add(new Owing(source, Map.copyOf(relays), relieved));
  }

  /**
   * Moves now whatever a run owes.
   *
   * @return whether it owes nothing any more
   * @throws WorldException when the store does not answer
   */
  boolean moveAll(RunId source) {
    Set<RunId> targets = environment.storage().owed(source, MOST_OF_A_TARGET);
    if (targets.isEmpty()) {
      return true;
    }
    Set<String> unused = relay(targets);
    return environment.storage().owed(source, 1).isEmpty();
  }

  private void move(List<Owing> all) {
    List<Owing> left = new ArrayList<>(all);
    try {
      Set<RunId> targets = new LinkedHashSet<>();
      for (Owing each : all) {
        targets.addAll(
            each.relays().isEmpty()
                ? environment.storage().owed(each.source(), MOST_OF_A_TARGET)
                : each.relays().values());
      }
      Set<String> moved = targets.isEmpty() ? Set.of() : relay(targets);
      left.removeIf(each -> isOver(each, moved));
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
  private boolean isOver(Owing owing, Set<String> moved) {
    boolean over =
        !owing.relays().isEmpty() && moved.containsAll(owing.relays().keySet())
            || environment.storage().owed(owing.source(), 1).isEmpty();
    if (over) {
      owing.relieved().run();
    }
    return over;
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

  /** Whoever it was for may have gone on in another run meanwhile: next time the store is asked. */
  private void again(List<Owing> left) {
    if (!left.isEmpty()) {
      List<Owing> next =
          left.stream().map(each -> new Owing(each.source(), Map.of(), each.relieved())).toList();
      environment.alarms().set(() -> moves.addAll(next), environment.now().plus(AGAIN));
    }
  }
}

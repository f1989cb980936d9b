package dev.fantasticfour.world.postgres.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.rules.LogGrammar;
import dev.fantasticfour.world.core.rules.RunFold;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** What must hold of all runs, whatever was cut. */
final class LogsAfterTheAttack {

  private final Storage storage;
  private final Map<RunId, List<Event>> logs = new HashMap<>();

  LogsAfterTheAttack(Storage storage, List<RunId> runs) {
    this.storage = storage;
    runs.forEach(run -> logs.put(run, storage.history(run, 0, 10_000)));
  }

  int events() {
    return logs.values().stream().mapToInt(List::size).sum();
  }

  /** Accepted batches are in the log of their run alone, refused ones in none. */
  void holdExactlyWhatWasAccepted(List<Answer> answers) {
    Map<String, Set<String>> found = new HashMap<>();
    logs.forEach(
        (run, log) ->
            log.forEach(
                event ->
                    found.computeIfAbsent(event.batchId(), b -> new TreeSet<>()).add(run.value())));
    Map<String, Set<String>> accepted = new HashMap<>();
    Map<String, Integer> appended = new HashMap<>();
    for (Answer answer : answers) {
      if (answer.isAccepted()) {
        accepted.computeIfAbsent(answer.batch(), b -> new TreeSet<>()).add(answer.run());
      }
      if (answer.outcome().equals("Appended")) {
        appended.merge(answer.batch(), 1, Integer::sum);
      }
    }
    assertThat(found).isEqualTo(accepted);
    assertThat(accepted.values()).allSatisfy(runs -> assertThat(runs).hasSize(1));
    assertThat(appended.values()).containsOnly(1);
  }

  void areWellFormed() {
    logs.forEach(
        (run, log) -> {
          assertThat(LogGrammar.faults(log)).describedAs("%s: %s", run, log).isEmpty();
          assertThat(log.stream().map(Event::position).toList())
              .describedAs("positions of %s", run)
              .isEqualTo(LongStream.rangeClosed(1, log.size()).boxed().toList());
          hookSilenceHolds(run, log);
          epochsGrow(run, log);
        });
  }

  private static void hookSilenceHolds(RunId run, List<Event> log) {
    Set<String> disposed = new HashSet<>();
    boolean ended = false;
    for (Event event : log) {
      assertThat(ended).describedAs("%s: %s after the end", run, event).isFalse();
      ended = event.type().endsRun();
      if (event.type() == EventType.HOOK_DISPOSED) {
        disposed.add(event.correlationId());
      }
      if (event.type() == EventType.HOOK_RECEIVED) {
        assertThat(disposed)
            .describedAs("%s: %s after the disposal", run, event)
            .doesNotContain(event.correlationId());
      }
    }
  }

  /** After the first event of a takeover there is none of the owner before. */
  private static void epochsGrow(RunId run, List<Event> log) {
    long newest = 0;
    for (Event event : log) {
      if (event.byOwner()) {
        long epoch = Batches.epochOf(event.batchId());
        assertThat(epoch)
            .describedAs("%s: the epoch of %s", run, event)
            .isGreaterThanOrEqualTo(newest);
        newest = epoch;
      }
    }
  }

  void foldToTheViews() {
    logs.forEach(
        (run, log) -> {
          RunFold fold = RunFold.of(log);
          RunRecord row = storage.run(run).orElseThrow();
          assertThat(RunFold.factsOf(row)).isEqualTo(fold.run().orElseThrow());
          assertThat(storage.steps(run, PageRequest.oldestFirst().withLimit(1000)).items())
              .isEqualTo(List.copyOf(fold.steps().values()));
          assertThat(storage.hooks(run, PageRequest.oldestFirst().withLimit(1000)).items())
              .isEqualTo(List.copyOf(fold.hooks().live().values()));
          assertThat(storage.waits(run)).isEqualTo(List.copyOf(fold.waits().values()));
          if (row.status().isFinal()) {
            assertThat(storage.hooks(run, PageRequest.oldestFirst()).items()).isEmpty();
          }
        });
  }
}

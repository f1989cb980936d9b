package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.AttemptEndedException;
import dev.fantasticfour.world.api.error.AttemptEndedException.Reason;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.program.StepEntry;
import dev.fantasticfour.world.core.engine.step.Attempt;
import dev.fantasticfour.world.core.engine.step.AttemptScopes;
import dev.fantasticfour.world.core.engine.step.BodyRun;
import dev.fantasticfour.world.core.engine.step.BodyRunner;
import dev.fantasticfour.world.core.engine.step.Progress;
import dev.fantasticfour.world.core.engine.stream.StepStreams;
import dev.fantasticfour.world.core.engine.telemetry.BodyTimes;
import dev.fantasticfour.world.core.engine.time.AlarmClock;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.engine.turn.BodyHandle;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Operation.Placement;
import dev.fantasticfour.world.core.virtual.Timeline;
import dev.fantasticfour.world.core.virtual.VirtualMachine;
import dev.fantasticfour.world.core.virtual.VirtualProcess;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How bodies are run, in virtual time. */
class BodyRunnerTest {

  private static final Payload DONE = Payload.json("\"done\"");
  private static final RunId RUN = new RunId("wrun_01KJMMA2KV713W1HS5RA030AV6");

  private final Timeline timeline = Timeline.free();
  private final VirtualMachine machine =
      VirtualMachine.skewed(timeline, new VirtualProcess(), Instant.EPOCH, new Random(1));
  private final AlarmClock alarms = new AlarmClock("alarms", machine, machine::instant);
  private final BodyRunner runner =
      new BodyRunner(
          2,
          new AttemptScopes(Observer.NONE, machine::nanos, () -> null),
          new StepStreams(
              machine, new MemoryStreamer(new SystemMachine()), new JacksonPayloadCodec()),
          machine,
          machine::instant,
          alarms);
  private final List<String> begun = new ArrayList<>();
  private final List<StepResult> results = new ArrayList<>();
  private final List<String> longOnes = new ArrayList<>();
  private final List<String> givenUp = new ArrayList<>();
  private final AtomicInteger writers = new AtomicInteger();
  private boolean open = true;

  @AfterEach
  void close() {
    timeline.close();
  }

  private BodyHandle start(String name, Duration time) {
    return start(name, null, context -> lasting(name, time));
  }

  private Payload lasting(String name, Duration time) throws InterruptedException {
    begun.add(name);
    timeline.sleepInterruptibly(time);
    return DONE;
  }

  private BodyHandle start(String name, @Nullable Duration timeout, StepEntry.Body body) {
    return bounded(name, new Attempt.Bounds(timeout, null, null, null), body);
  }

  private BodyHandle bounded(String name, Attempt.Bounds bounds, StepEntry.Body body) {
    Attempt attempt = attempt(name, writers::incrementAndGet, bounds);
    BodyRun run = runner.body(attempt, body, () -> open, new Recorder(name));
    run.start();
    return run;
  }

  private static Attempt attempt(String name, IntSupplier writer, Attempt.Bounds bounds) {
    return new Attempt(
        RUN,
        name,
        name,
        1,
        0,
        writer,
        bounds,
        new Progress(new JacksonPayloadCodec(), () -> null),
        () -> {},
        new Attempt.Origin("w", "", Placement.INLINE, BodyTimes.NONE, Map.of()));
  }

  private final class Recorder implements BodyRun.Answers {
    private final String name;

    Recorder(String name) {
      this.name = name;
    }

    @Override
    public boolean finished(StepResult result) {
      results.add(result);
      return false;
    }

    @Override
    public void goOn() {
      throw new AssertionError("nothing follows");
    }

    @Override
    public void runsLong() {
      longOnes.add(name);
    }

    @Override
    public void givenUp() {
      givenUp.add(name);
    }
  }

  private void pass(Duration time) {
    timeline.sleep(time);
  }

  @Test
  void nomoreBodiesRunThanThereArePlacesAndTheyComeInOrder() {
    for (String name : List.of("a", "b", "c", "d")) {
      var unused = start(name, Duration.ofSeconds(1));
    }
    pass(Duration.ofMillis(500));
    assertThat(begun).containsExactly("a", "b");
    assertThat(runner.count()).isEqualTo(2);
    pass(Duration.ofSeconds(1));
    assertThat(begun).containsExactly("a", "b", "c", "d");
    pass(Duration.ofSeconds(1));
    assertThat(results).hasSize(4).containsOnly(new StepResult.Returned(DONE));
    assertThat(runner.isIdle()).isTrue();
  }

  @Test
  void aBodyThatWaitsForItsPlaceHoldsNoThread() {
    int before = machine.starts();
    for (int i = 0; i < 1_000; i++) {
      var unused = start("body", Duration.ofHours(1));
    }
    assertThat(machine.starts() - before).isEqualTo(2);
  }

  @Test
  void aTimeoutInterruptsAndWhatComesLaterIsDiscarded() {
    List<String> interrupted = new ArrayList<>();
    var unused =
        start(
            "slow",
            Duration.ofSeconds(2),
            context -> {
              try {
                timeline.sleepInterruptibly(Duration.ofMinutes(1));
              } catch (InterruptedException e) {
                interrupted.add("yes");
              }
              return DONE;
            });
    pass(Duration.ofSeconds(3));
    assertThat(interrupted).hasSize(1);
    assertThat(results).hasSize(1);
    assertThat(results.getFirst())
        .isInstanceOfSatisfying(
            StepResult.TimedOut.class,
            late -> assertThat(late.thrown()).hasMessageContaining("'slow' took longer than PT2S"));
  }

  @Test
  void aCancelledBodyIsInterruptedAndAnswersNothing() {
    BodyHandle handle = start("unwanted", Duration.ofMinutes(1));
    pass(Duration.ofSeconds(1));
    handle.cancel(Reason.UNWANTED);
    pass(Duration.ofSeconds(1));
    assertThat(runner.isIdle()).isTrue();
    assertThat(results).isEmpty();
  }

  @Test
  void aBodyThatIsCancelledWhileItWaitsNeverBegins() {
    var unused1 = start("a", Duration.ofSeconds(1));
    var unused2 = start("b", Duration.ofSeconds(1));
    start("c", Duration.ofSeconds(1)).cancel(Reason.UNWANTED);
    var unused3 = start("d", Duration.ofSeconds(1));
    pass(Duration.ofSeconds(3));
    assertThat(begun).containsExactly("a", "b", "d");
    assertThat(results).hasSize(3);
  }

  @Test
  void aClosedGateLetsNothingBegin() {
    open = false;
    var unused = start("late", Duration.ZERO);
    pass(Duration.ofSeconds(1));
    assertThat(begun).isEmpty();
    assertThat(givenUp).containsExactly("late");
    assertThat(runner.isIdle()).isTrue();
  }

  @Test
  void aBodyThatRunsForMoreThanASecondIsNotedOnce() {
    var unused1 = start("long", Duration.ofSeconds(10));
    var unused2 = start("short", Duration.ofMillis(800));
    pass(Duration.ofSeconds(1));
    assertThat(longOnes).isEmpty();
    pass(Duration.ofMillis(400));
    assertThat(longOnes).containsExactly("long");
    pass(Duration.ofSeconds(20));
    assertThat(longOnes).containsExactly("long");
  }

  @Test
  void withoutBodiesNoAlarmIsSet() {
    var unused = start("a", Duration.ofSeconds(3));
    pass(Duration.ofSeconds(1));
    assertThat(alarms.count()).isEqualTo(1);
    pass(Duration.ofSeconds(4));
    assertThat(alarms.count()).isZero();
  }

  @Test
  void oneWaitsUntilNoBodyRuns() throws InterruptedException {
    var unused = start("a", Duration.ofSeconds(3));
    assertThat(runner.awaitNone(Duration.ofSeconds(1))).isFalse();
    assertThat(runner.awaitNone(Duration.ofSeconds(3))).isTrue();
  }

  @Test
  void aTimeLimitBeyondTheEndOfTimeIsNone() {
    var unused1 = start("a", ChronoUnit.FOREVER.getDuration(), context -> DONE);
    var unused2 = start("b", Duration.ofSeconds(Long.MAX_VALUE), context -> DONE);
    pass(Duration.ofSeconds(1));
    assertThat(results).hasSize(2).containsOnly(new StepResult.Returned(DONE));
    assertThat(runner.isIdle()).isTrue();
  }

  @Test
  void whateverGoesWrongAroundABodyIsItsResult() {
    Attempt odd =
        attempt(
            "odd",
            () -> {
              throw new StackOverflowError("of the runner");
            },
            Attempt.Bounds.NONE);
    runner.body(odd, context -> DONE, () -> open, new Recorder("odd")).start();
    pass(Duration.ofSeconds(1));
    assertThat(results).hasSize(1).first().isInstanceOf(StepResult.Threw.class);
    assertThat(runner.isIdle()).isTrue();
  }

  @Test
  void whatWorldFailedBeginsAgainAndIsNoAttempt() {
    List<Integer> numbers = new ArrayList<>();
    var unused =
        start(
            "streams",
            null,
            context -> {
              begun.add("streams");
              numbers.add(writers.get());
              if (begun.size() < 4) {
                throw new IllegalStateException(
                    "wrapped", new WorldException(ErrorCode.UNAVAILABLE, "no streamer"));
              }
              return DONE;
            });
    pass(Duration.ofMinutes(1));
    assertThat(results).containsExactly(new StepResult.Returned(DONE));
    // Streams are fenced by it: what an earlier begin wrote is told from what a later one writes.
    assertThat(numbers).containsExactly(1, 2, 3, 4);
    assertThat(runner.isIdle()).isTrue();
  }

  @Test
  void aBodyThatWaitsToBeginAgainHoldsNoPlaceAndCanBeCancelled() {
    BodyHandle handle =
        start(
            "streams",
            null,
            context -> {
              begun.add("streams");
              throw new WorldException(ErrorCode.UNAVAILABLE, "no streamer");
            });
    pass(Duration.ofMillis(1));
    assertThat(runner.isIdle()).isTrue();
    handle.cancel(Reason.UNWANTED);
    pass(Duration.ofMinutes(1));
    assertThat(begun).hasSize(1);
    assertThat(results).isEmpty();
  }

  @Test
  void aBodyThatMeetsTheEndOfItsNodeIsGivenUp() {
    var unused =
        start(
            "late",
            null,
            context -> {
              open = false;
              throw new WorldException(ErrorCode.CLOSED, "this node writes to no stream any more");
            });
    pass(Duration.ofSeconds(1));
    assertThat(results).isEmpty();
    assertThat(givenUp).containsExactly("late");
  }

  @Test
  void whatTheBodyItselfHasClosedIsItsFailure() {
    var unused =
        start(
            "closed",
            null,
            context -> {
              throw new WorldException(ErrorCode.CLOSED, "a client of its own");
            });
    pass(Duration.ofSeconds(1));
    assertThat(results).hasSize(1).first().isInstanceOf(StepResult.Threw.class);
  }

  @Test
  void aBodyThatIgnoresItsInterruptKeepsNoPlace() {
    for (String name : List.of("a", "b")) {
      var unused =
          start(
              name,
              Duration.ofSeconds(1),
              context -> {
                long until = timeline.now() + Duration.ofMinutes(1).toNanos();
                while (timeline.now() < until) {
                  timeline.sleep(Duration.ofSeconds(1));
                }
                return DONE;
              });
    }
    var unused = start("c", Duration.ofSeconds(1));
    pass(Duration.ofSeconds(5));
    assertThat(begun).isEmpty();
    assertThat(runner.ignoring()).isZero();
    pass(Duration.ofSeconds(3));
    assertThat(begun).containsExactly("c");
    assertThat(runner.ignoring()).isEqualTo(2);
    assertThat(runner.isIdle()).isTrue();
    pass(Duration.ofMinutes(1));
    assertThat(runner.ignoring()).isZero();
    assertThat(results).hasSize(3);
  }

  private static Attempt.Bounds silentFor(Duration silence) {
    return new Attempt.Bounds(null, null, null, silence);
  }

  @Test
  void aBodyThatGivesNoHeartbeatIsLostAndInterrupted() {
    List<Reason> told = new ArrayList<>();
    var unused =
        bounded(
            "silent",
            silentFor(Duration.ofSeconds(10)),
            context -> {
              try {
                return lasting("silent", Duration.ofHours(1));
              } catch (InterruptedException e) {
                try {
                  context.heartbeat();
                } catch (AttemptEndedException ended) {
                  told.add(ended.reason());
                }
                throw e;
              }
            });
    pass(Duration.ofSeconds(9));
    assertThat(results).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(results).hasSize(1).first().isInstanceOf(StepResult.Lost.class);
    assertThat(((StepResult.Lost) results.getFirst()).thrown())
        .hasMessage("attempt 1 of step 'silent' gave no heartbeat for PT10S");
    assertThat(told).containsExactly(Reason.TIMED_OUT);
    assertThat(runner.isIdle()).isTrue();
  }

  @Test
  void aBodyThatGivesHeartbeatsMayTakeAsLongAsItLikes() {
    var unused =
        bounded(
            "alive",
            silentFor(Duration.ofSeconds(10)),
            context -> {
              for (int i = 0; i < 100; i++) {
                timeline.sleepInterruptibly(Duration.ofSeconds(9));
                context.heartbeat();
              }
              return DONE;
            });
    pass(Duration.ofSeconds(901));
    assertThat(results).containsExactly(new StepResult.Returned(DONE));
    assertThat(alarms.count()).isZero();
  }

  @Test
  void theTimeForAllAttemptsEndsTheOneThatRuns() {
    Instant until = Instant.EPOCH.plus(Duration.ofSeconds(5));
    List<Instant> deadlines = new ArrayList<>();
    var unused =
        bounded(
            "late",
            new Attempt.Bounds(Duration.ofSeconds(20), until, Duration.ofSeconds(30), null),
            context -> {
              deadlines.add(context.deadline());
              return lasting("late", Duration.ofHours(1));
            });
    pass(Duration.ofSeconds(6));
    assertThat(deadlines).containsExactly(until);
    assertThat(((StepResult.TimedOut) results.getFirst()).thrown())
        .hasMessage("step 'late' was not over within PT30S of being asked for");
  }

  @Test
  void whoeverIsGivenUpLearnsItFromItsNextHeartbeat() {
    List<Reason> told = new ArrayList<>();
    BodyHandle handle =
        bounded(
            "stubborn",
            Attempt.Bounds.NONE,
            context -> {
              for (int i = 0; i < 10; i++) {
                try {
                  timeline.sleepInterruptibly(Duration.ofSeconds(1));
                } catch (InterruptedException e) {
                  // It goes on all the same.
                }
                try {
                  context.heartbeat(i);
                } catch (AttemptEndedException e) {
                  told.add(e.reason());
                  return DONE;
                }
              }
              return DONE;
            });
    pass(Duration.ofMillis(2_500));
    handle.cancel(Reason.SUPERSEDED);
    pass(Duration.ofSeconds(1));
    assertThat(told).containsExactly(Reason.SUPERSEDED);
    assertThat(results).isEmpty();
  }
}

package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of runs when their nodes, or the store, go and come back; in virtual time. */
class OwnershipTest {

  private static final Duration LEASE = Duration.ofSeconds(10);

  /** A lease, a heartbeat and a sweep. */
  private static final Duration TAKEOVER = Duration.ofMillis(13_500);

  private static final Duration LONG = Duration.ofMinutes(30);

  private final Cluster cluster = new Cluster();
  private final AtomicInteger bodies = new AtomicInteger();

  @AfterEach
  void close() {
    cluster.close();
  }

  /** A workflow of one step that takes that long. */
  private Workflow<String, String> oneStep(Duration time) {
    return (context, input) ->
        context.step(
            "only",
            String.class,
            step -> {
              bodies.incrementAndGet();
              cluster.timeline().sleepInterruptibly(time);
              return input;
            });
  }

  @Test
  void theRunsOfAKilledNodeAreTakenOverWithinALeaseAHeartbeatAndASweep() {
    SimulatedNode first = cluster.boot(oneStep(Duration.ofSeconds(30)));
    SimulatedNode second = cluster.boot(oneStep(Duration.ofSeconds(30)));
    cluster.pass(Duration.ofSeconds(15));
    RunId run = cluster.startOn(first, "in");
    first.kill();

    Duration took = cluster.passUntil(() -> Cluster.owns(second, cluster.run(run)), LONG);

    assertThat(took).isLessThanOrEqualTo(TAKEOVER);
    assertThat(cluster.run(run).epoch()).isEqualTo(2);
  }

  @Test
  void anOutageOfTheStoreCostsNobodyItsRuns() {
    SimulatedNode first = cluster.boot(oneStep(Duration.ofSeconds(40)));
    SimulatedNode second = cluster.boot(oneStep(Duration.ofSeconds(40)));
    cluster.pass(Duration.ofSeconds(15));
    RunId run = cluster.startOn(first, "in");
    cluster.weather().storeAway(LEASE.multipliedBy(3));
    cluster.pass(Duration.ofMinutes(2));

    assertThat(cluster.referee().declared()).isZero();
    assertThat(cluster.referee().claims(run)).isZero();
    assertThat(cluster.run(run).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(bodies).hasValue(1);
    assertThat(second.isWell()).isTrue();
  }

  @Test
  void anOutageShorterThanALeaseJustAfterTheOthersHeartbeatCostsNobodyItsRuns() {
    SimulatedNode first = cluster.boot(oneStep(Duration.ofSeconds(1)));
    cluster.pass(Duration.ofMillis(2_400));
    SimulatedNode second = cluster.boot(oneStep(Duration.ofSeconds(1)));
    for (int tenths = 20; tenths < 120; tenths++) {
      cluster.pass(LEASE.multipliedBy(2).plusMillis(137));
      cluster.weather().storeAway(Duration.ofMillis(100L * tenths));
    }
    cluster.pass(LEASE);

    assertThat(cluster.referee().declared()).isZero();
    assertThat(first.isWell() && second.isWell()).isTrue();
  }

  @Test
  void whatIsDueIsTakenThoughTheStoreDoesNotSayWhatHasLostItsOwner() {
    SimulatedNode node = cluster.boot((context, input) -> "taken");
    node.storage().breakAt("unwatched");
    RunId run = cluster.create("w");

    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(5));

    assertThat(node.storage().statements().get("unwatched")).isPositive();
  }

  @Test
  void aBodyThatWasKilledWithItsWorkerIsSeenAsALostAttemptAndCostsNoAppend() {
    SimulatedNode first = cluster.boot(oneStep(Duration.ofSeconds(5)));
    SimulatedNode second = cluster.boot(oneStep(Duration.ofSeconds(5)));
    cluster.pass(Duration.ofSeconds(15));
    RunId run = cluster.startOn(first, "in");
    cluster.pass(Duration.ofSeconds(2));
    first.kill();
    cluster.passUntil(() -> cluster.run(run).status().isFinal(), LONG);

    List<Event> log = second.storage().history(run, 0, 100);
    StepRecord step = second.storage().step(run, log.get(2).correlationId()).orElseThrow();
    assertThat(step.attempt()).isEqualTo(1);
    assertThat(step.failedAttempts()).isZero();
    assertThat(step.lostAttempts()).isEqualTo(1);
    assertThat(step.startedAt()).as("of the first").isBefore(step.completedAt().minusSeconds(10));
    assertThat(log)
        .extracting(event -> event.type().word())
        .containsExactly(
            "run_created",
            "run_started",
            "step_started",
            "step_started",
            "step_completed",
            "run_completed");
    assertThat(log.subList(3, 6))
        .as("said together with the outcome")
        .extracting(Event::batchId)
        .containsOnly(log.getLast().batchId());
  }

  @Test
  void aNodeThatWasStoppedForTooLongComesBackAsAnotherWorkerWithoutItsRuns() {
    SimulatedNode first = cluster.boot(oneStep(Duration.ofMinutes(10)));
    SimulatedNode second = cluster.boot(oneStep(Duration.ofMinutes(10)));
    cluster.pass(Duration.ofSeconds(15));
    RunId run = cluster.startOn(first, "in");
    String before = first.node().custodian().worker().value();
    first.pause(LEASE.multipliedBy(2));
    cluster.pass(LEASE.multipliedBy(3));

    assertThat(first.node().custodian().worker().value()).isNotEqualTo(before);
    assertThat(first.node().runs()).isZero();
    assertThat(first.process().branches()).as("threads of lost runs").isZero();
    assertThat(Cluster.owns(second, cluster.run(run))).isTrue();
    second.kill();
    cluster.passUntil(() -> Cluster.owns(first, cluster.run(run)), TAKEOVER.plus(LEASE));
  }

  @Test
  void aGracefulStopWaitsForBodiesRecordsThemAndHandsOverWithinASweep() {
    Workflow<String, String> twoSteps =
        (context, input) -> {
          for (int i = 0; i < 2; i++) {
            String unused =
                context.step(
                    "step",
                    String.class,
                    step -> {
                      bodies.incrementAndGet();
                      cluster.timeline().sleepInterruptibly(Duration.ofSeconds(3));
                      return "done";
                    });
          }
          return input;
        };
    SimulatedNode first = cluster.boot(twoSteps);
    SimulatedNode second = cluster.boot(twoSteps);
    RunId run = cluster.startOn(first, "in");
    AtomicReference<Long> closedAt = new AtomicReference<>();
    first.close(Duration.ofSeconds(10), () -> closedAt.set(cluster.timeline().now()));
    cluster.passUntil(() -> closedAt.get() != null, Duration.ofSeconds(5));

    Duration took =
        cluster.passUntil(() -> Cluster.owns(second, cluster.run(run)), Duration.ofSeconds(2));

    assertThat(took).isLessThanOrEqualTo(Duration.ofMillis(1_100));
    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(5));
    assertThat(bodies).hasValue(2);
    assertThat(cluster.run(run).lostAttempts()).isZero();
  }

  @Test
  void closingReturnsAlthoughABodyIgnoresInterrupts() {
    SimulatedNode node =
        cluster.boot(
            (context, input) ->
                context.step(
                    "deaf",
                    String.class,
                    step -> {
                      cluster.timeline().sleep(Duration.ofHours(1));
                      return input;
                    }));
    RunId run = cluster.startOn(node, "in");
    AtomicReference<Long> closedAt = new AtomicReference<>();
    node.close(Duration.ofSeconds(3), () -> closedAt.set(cluster.timeline().now()));

    Duration took = cluster.passUntil(() -> closedAt.get() != null, Duration.ofMinutes(1));

    assertThat(took).isLessThan(Duration.ofSeconds(6));
    assertThat(cluster.run(run).owner()).isNull();
  }

  @Test
  void closingTakesNoLongerThanItsPatienceAndASecondWhateverHangs() {
    SimulatedNode node = cluster.boot(oneStep(Duration.ofHours(1)));
    var unused = cluster.startOn(node, "in");
    AtomicReference<Long> closedAt = new AtomicReference<>();
    cluster.weather().storeSlow(Duration.ofHours(1));
    node.close(Duration.ofSeconds(3), () -> closedAt.set(cluster.timeline().now()));

    Duration took = cluster.passUntil(() -> closedAt.get() != null, Duration.ofMinutes(1));

    assertThat(took).isLessThanOrEqualTo(Duration.ofMillis(4_100));
  }

  @Test
  void aRunWhoseOwnersDieOnItStandsAfterElevenLossesUntilSomebodyRetriesIt() {
    AtomicReference<Boolean> deadly = new AtomicReference<>(true);
    List<SimulatedNode> alive = new ArrayList<>();
    Workflow<String, String> killer =
        (context, input) ->
            context.step(
                "killer",
                String.class,
                step -> {
                  if (deadly.get()) {
                    alive.removeFirst().kill();
                    cluster.timeline().checkAlive();
                  }
                  return "survived";
                });
    RunId run = cluster.create("w");
    // The first death is none of those: it left run_started, by which the run had come further.
    for (int deaths = 0; deaths <= 11; deaths++) {
      alive.add(cluster.boot(killer));
      cluster.passUntil(alive::isEmpty, LONG);
      assertThat(cluster.run(run).stalledAt()).isNull();
    }
    alive.add(cluster.boot(killer));
    cluster.passUntil(() -> cluster.run(run).stalledAt() != null, LONG);

    assertThat(cluster.run(run).stalledCause()).isEqualTo(StallCause.WORKERS_LOST);
    assertThat(cluster.run(run).stalledReason()).startsWith("worker lost 11 times");
    assertThat(cluster.run(run).lostAttempts()).isEqualTo(11);
    cluster.pass(Duration.ofSeconds(4));
    assertThat(alive).as("not yet tried again").hasSize(1);
    cluster.passUntil(alive::isEmpty, Duration.ofSeconds(3));
    alive.add(cluster.boot(killer));
    cluster.passUntil(() -> cluster.run(run).lostAttempts() == 12, LONG);
    cluster.pass(Duration.ofSeconds(10));
    assertThat(cluster.run(run).stalledReason()).startsWith("worker lost 12 times");
    assertThat(alive).as("the pauses grow").hasSize(1);
    deadly.set(false);
    assertThat(cluster.retry(run)).isTrue();
    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(2));
  }

  @Test
  void aRunThatTakesItsTimeToKillItsOwnersStandsAllTheSame() {
    List<SimulatedNode> alive = new ArrayList<>();
    Workflow<String, String> killer =
        (context, input) ->
            context.step(
                "killer",
                String.class,
                step -> {
                  // For longer than a second: its beginning is recorded.
                  cluster.timeline().sleepInterruptibly(Duration.ofSeconds(3));
                  alive.removeFirst().kill();
                  cluster.timeline().checkAlive();
                  return "survived";
                });
    RunId run = cluster.create("w");
    for (int deaths = 0; deaths <= 11; deaths++) {
      alive.add(cluster.boot(killer));
      cluster.passUntil(alive::isEmpty, LONG);
    }
    alive.add(cluster.boot(killer));
    cluster.passUntil(() -> cluster.run(run).stalledAt() != null, LONG);

    assertThat(cluster.run(run).stalledReason()).startsWith("worker lost 11 times");
    assertThat(cluster.run(run).lastPosition())
        .as("created, started, the step's beginning once")
        .isEqualTo(3);
  }

  @Test
  void suspicionCostsTheGuiltyOneAndNotThoseThatRanBesideIt() {
    List<SimulatedNode> alive = new ArrayList<>();
    Workflow<String, String> workflow =
        (context, input) ->
            context.step(
                "body",
                String.class,
                step -> {
                  cluster.timeline().sleepInterruptibly(Duration.ofMillis(400));
                  if (input.equals("guilty")) {
                    alive.removeFirst().kill();
                    cluster.timeline().checkAlive();
                  }
                  cluster.timeline().sleepInterruptibly(Duration.ofMillis(550));
                  return input;
                });
    alive.add(cluster.boot(workflow));
    List<RunId> innocent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      innocent.add(cluster.startOn(alive.getFirst(), "innocent"));
    }
    RunId guilty = cluster.startOn(alive.getFirst(), "guilty");
    // Whoever dies is replaced at once.
    long begun = cluster.timeline().now();
    while (innocent.stream().anyMatch(run -> !cluster.run(run).status().isFinal())
        && cluster.timeline().now() - begun < LONG.toNanos()) {
      if (alive.isEmpty()) {
        alive.add(cluster.boot(workflow));
      }
      cluster.pass(Duration.ofMillis(100));
    }

    // One after the other, a sweep each, they would take more than five.
    assertThat(Duration.ofNanos(cluster.timeline().now() - begun))
        .isLessThan(Duration.ofMinutes(4));
    assertThat(innocent)
        .allSatisfy(run -> assertThat(cluster.run(run).status()).isEqualTo(RunStatus.COMPLETED));
    assertThat(cluster.run(guilty).status()).isEqualTo(RunStatus.RUNNING);
  }

  private static Workflow<String, String> oneAndASleep() {
    return (context, input) -> {
      String one = context.step("one", String.class, step -> "1");
      context.sleep(Duration.ofSeconds(1));
      return one;
    };
  }

  /** A run whose history has a step "one". */
  private RunId withAStepOne() {
    SimulatedNode first = cluster.boot(oneAndASleep());
    RunId run = cluster.startOn(first, "in");
    cluster.passUntil(() -> cluster.run(run).lastPosition() > 2, Duration.ofSeconds(1));
    first.kill();
    return run;
  }

  /** Code that does not fit such a history. */
  private static Workflow<String, String> another(Runnable atEachTry) {
    return (context, input) -> {
      atEachTry.run();
      return context.step("another", String.class, step -> "2");
    };
  }

  private static WorldConfig build(String id) {
    return WorldConfig.inMemory().withBuildId(id);
  }

  @Test
  void aRunThatTheCodeOfABuildDoesNotFitIsLeftToOtherBuilds() {
    AtomicInteger tries = new AtomicInteger();
    RunId run = withAStepOne();
    var unused1 = cluster.boot(build("old"), another(tries::incrementAndGet));
    var unused2 = cluster.boot(build("old"), another(tries::incrementAndGet));
    cluster.passUntil(() -> cluster.run(run).stalledAt() != null, LONG);
    assertThat(cluster.run(run).stalledCause()).isEqualTo(StallCause.CODE);
    cluster.pass(Duration.ofMinutes(20));
    assertThat(tries).hasValue(1);

    var unused3 = cluster.boot(build("new"), oneAndASleep());
    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(2));

    assertThat(cluster.run(run).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void buildsWhoseCodeBothDoesNotFitTryARunLessAndLessOften() {
    List<Long> tries = new ArrayList<>();
    RunId run = withAStepOne();
    Workflow<String, String> another = another(() -> tries.add(cluster.timeline().now()));
    var unused1 = cluster.boot(build("one"), another);
    var unused2 = cluster.boot(build("two"), another);
    cluster.pass(Duration.ofHours(2));

    assertThat(cluster.run(run).stalledReason()).contains("'another'");
    assertPausesGrow(tries);
  }

  @Test
  void aWorkerThatRegistersTriesOnceWhatStandsWhateverItsBuild() {
    AtomicInteger tries = new AtomicInteger();
    RunId run = withAStepOne();
    Workflow<String, String> wrong = another(tries::incrementAndGet);
    var unused1 = cluster.boot(build("same"), wrong);
    cluster.passUntil(() -> cluster.run(run).stalledAt() != null, LONG);
    var unused2 = cluster.boot(build("same"), wrong);
    cluster.pass(Duration.ofMinutes(10));
    assertThat(tries).as("once by each").hasValue(2);

    var unused3 = cluster.boot(build("same"), oneAndASleep());
    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(3));

    assertThat(cluster.run(run).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void aWorkerThatRegistersTriesAllThatStandsThoughItHasPlacesForFewOnly() {
    List<RunId> runs = new ArrayList<>();
    AtomicReference<Boolean> broken = new AtomicReference<>(true);
    Workflow<String, String> workflow =
        (context, input) -> {
          if (broken.get()) {
            throw new LinkageError("a class is missing");
          }
          return context.step("one", String.class, step -> "1");
        };
    var unused1 = cluster.boot(workflow);
    for (int i = 0; i < 10; i++) {
      runs.add(cluster.create("w"));
    }
    cluster.pass(Duration.ofHours(1));
    assertThat(runs).allMatch(run -> cluster.run(run).stalledAt() != null);
    broken.set(false);
    var unused2 = cluster.boot(WorldConfig.inMemory().withMaxActiveRuns(2), workflow);

    cluster.passUntil(
        () -> runs.stream().allMatch(run -> cluster.run(run).status().isFinal()),
        Duration.ofSeconds(15));
  }

  @Test
  void applicationsThatShareAStoreAndTheNameOfAWorkflowLeaveEachOtherAlone() {
    var unused1 =
        cluster.boot(
            WorldConfig.inMemory().withApplication("bills"), (context, input) -> "by another");
    RunId run = cluster.create("w");
    cluster.pass(LONG);
    assertThat(cluster.run(run).epoch()).isZero();

    var unused2 = cluster.boot((context, input) -> "by its own");
    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(2));

    assertThat(cluster.run(run).output()).isEqualTo(Payload.json("\"by its own\""));
  }

  @Test
  void whatAnErrorOfTheMachineHoldsUpIsTriedAgainByTheSameBuild() {
    List<Error> errors =
        new ArrayList<>(
            List.of(
                new OutOfMemoryError("Java heap space"),
                new NoClassDefFoundError("Order"),
                new StackOverflowError()));
    var unused =
        cluster.boot(
            (context, input) -> {
              if (!errors.isEmpty()) {
                throw errors.removeFirst();
              }
              return "went on";
            });
    RunId run = cluster.create("w");
    cluster.passUntil(() -> cluster.run(run).stalledAt() != null, Duration.ofSeconds(3));
    assertThat(cluster.run(run).stalledCause()).isEqualTo(StallCause.ERROR);
    assertThat(cluster.run(run).stalledReason()).contains("Java heap space");

    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(30));

    assertThat(cluster.run(run).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(errors).isEmpty();
  }

  @Test
  void aRefusalOfTheStoreThatPassesLetsNoRunStand() {
    AtomicInteger bodies = new AtomicInteger();
    SimulatedNode node =
        cluster.boot(
            (context, input) -> {
              for (int i = 0; i < 8; i++) {
                context.step("s", String.class, step -> "" + bodies.incrementAndGet());
                context.sleep(Duration.ofSeconds(1));
              }
              return "went on";
            });
    RunId here = cluster.startOn(node, "in");
    RunId waiting = cluster.create("w");
    cluster.pass(Duration.ofMillis(1_500));
    cluster.weather().storeRefuses(Duration.ofSeconds(5));
    cluster.passUntil(
        () -> cluster.run(here).status().isFinal() && cluster.run(waiting).status().isFinal(),
        Duration.ofSeconds(25));

    for (RunId run : List.of(here, waiting)) {
      assertThat(cluster.run(run).status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(cluster.run(run).stalledAt()).isNull();
    }
    assertThat(bodies).hasValue(16);
    assertThat(node.storage().statements()).doesNotContainKey("stall");
  }

  @Test
  void anErrorThatDoesNotPassIsTriedLessAndLessOften() {
    List<Long> tries = new ArrayList<>();
    var unused =
        cluster.boot(
            (context, input) -> {
              tries.add(cluster.timeline().now());
              throw new LinkageError("a class is missing");
            });
    RunId run = cluster.create("w");
    cluster.pass(Duration.ofHours(2));

    assertThat(cluster.run(run).stalledReason()).contains("a class is missing");
    assertPausesGrow(tries);
  }

  private static void assertPausesGrow(List<Long> tries) {
    assertThat(tries).hasSizeBetween(20, 35);
    assertThat(Duration.ofNanos(tries.get(1) - tries.get(0)))
        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(6_200));
    assertThat(Duration.ofNanos(tries.getLast() - tries.get(tries.size() - 2)))
        .isBetween(Duration.ofMinutes(5), Duration.ofSeconds(302));
  }

  @Test
  void aRunThatAWorkerHasHeardOfAndNobodyKnowsIsCancelledAllTheSame() {
    SimulatedNode stranger = cluster.boot((context, input) -> input);
    RunId run = cluster.create("unknown here");
    cluster.timeline().start(stranger.process(), "hearsay", () -> hear(stranger, run));
    cluster.pass(Duration.ofSeconds(1));
    assertThat(cluster.run(run).epoch()).isPositive();
    assertThat(cluster.run(run).owner()).isNull();

    cluster.append(run, new Fact.CancelRequested("enough"));
    cluster.timeline().start(stranger.process(), "hearsay", () -> hear(stranger, run));
    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(1));

    assertThat(cluster.run(run).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(cluster.run(run).reason()).isEqualTo("enough");
    assertThat(stranger.node().runs()).isZero();
  }

  @Test
  void aRunOfAnUnknownWorkflowIsGivenBackEvenIfTheStoreGoesAwayMeanwhile() {
    SimulatedNode stranger = cluster.boot((context, input) -> input);
    RunId run = cluster.create("unknown here");
    cluster.timeline().start(stranger.process(), "hearsay", () -> hear(stranger, run));
    cluster.weather().storeAway(Duration.ofSeconds(5));
    cluster.pass(Duration.ofSeconds(12));

    assertThat(cluster.run(run).owner()).isNull();
    assertThat(stranger.node().runs()).isZero();
  }

  private static void hear(SimulatedNode node, RunId run) {
    node.node().custodian().hearsay(run);
  }

  @Test
  void theStreamsOfAnEndedRunAreEndedWhenTheyCanBeReached() {
    SimulatedNode node =
        cluster.boot(
            (context, input) -> {
              context.step(
                  "write",
                  String.class,
                  step -> {
                    step.stream(StreamType.of("words", String.class)).write("a");
                    return input;
                  });
              context.sleep(Duration.ofHours(1));
              return input;
            });
    RunId run = cluster.startOn(node, "in");
    cluster.pass(Duration.ofSeconds(5));
    cluster.weather().streamsAway(Duration.ofMinutes(1));
    cluster.append(run, new Fact.RunTerminated(null));
    cluster.pass(Duration.ofSeconds(50));
    assertThat(cluster.run(run).dueAt()).isNotNull();
    int asked = node.storage().statements().get("claim");
    assertThat(asked).as("tries to settle it").isLessThan(15);
    cluster.pass(Duration.ofSeconds(20));

    assertThat(cluster.run(run).dueAt()).isNull();
  }

  @Test
  void aNodeThatCannotRegisterSaysSoAndMayBeStartedAgain() {
    SimulatedNode node = cluster.made(WorldConfig.inMemory(), (context, input) -> input);
    cluster.weather().storeAway(Duration.ofSeconds(5));
    AtomicReference<Throwable> failure = new AtomicReference<>();
    on(
        node,
        () ->
            failure.set(org.assertj.core.api.Assertions.catchThrowable(() -> node.node().start())));
    cluster.pass(Duration.ofSeconds(6));
    assertThat(failure.get())
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
        .hasMessageContaining("did not register it as a worker");

    on(node, () -> node.node().start());
    cluster.pass(Duration.ofSeconds(1));

    assertThat(node.node().custodian()).isNotNull();
  }

  @Test
  void startingAndClosingTwiceAtOnceIsOnce() {
    SimulatedNode node = cluster.made(WorldConfig.inMemory(), (context, input) -> input);
    for (int i = 0; i < 3; i++) {
      on(node, () -> node.node().start());
    }
    cluster.pass(Duration.ofSeconds(1));
    assertThat(node.storage().statements()).containsEntry("register", 1);
    AtomicInteger closed = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      on(
          node,
          () -> {
            node.node().close(Duration.ofSeconds(1));
            closed.incrementAndGet();
          });
    }
    cluster.pass(Duration.ofSeconds(5));

    assertThat(closed).hasValue(3);
    assertThat(node.storage().statements()).containsEntry("retire", 1);
  }

  @Test
  void aNodeThatIsClosedWhileItStartsLeavesNoWorkerBehind() {
    SimulatedNode node = cluster.made(WorldConfig.inMemory(), (context, input) -> input);
    cluster.weather().storeSlow(Duration.ofSeconds(2));
    AtomicReference<Throwable> failure = new AtomicReference<>();
    on(
        node,
        () ->
            failure.set(org.assertj.core.api.Assertions.catchThrowable(() -> node.node().start())));
    cluster.pass(Duration.ofSeconds(1));
    on(node, () -> node.node().close(Duration.ofSeconds(1)));
    cluster.pass(Duration.ofSeconds(10));

    assertThat(failure.get())
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
    assertThat(node.storage().statements()).containsEntry("retire", 1).doesNotContainKey("beat");
  }

  @Test
  void aWakeUpOfARunThatIsJustComingIsHeard() {
    SimulatedNode node =
        cluster.boot(
            (context, input) -> {
              context.sleep(Duration.ofHours(1));
              return input;
            });
    RunId run = cluster.startOn(node, "in");
    cluster.pass(Duration.ofSeconds(1));
    cluster.weather().storeSlow(Duration.ofMillis(100));
    // Evicted, so that the next one to speak of it has it loaded again.
    node.node().custodian().get(run).evict();
    cluster.pass(Duration.ofMillis(200));
    cluster.timeline().start(node.process(), "hearsay", () -> hear(node, run));
    cluster.pass(Duration.ofMillis(350));
    cluster.append(run, new Fact.CancelRequested("enough"));
    on(node, () -> node.node().custodian().nudge(run));

    Duration took =
        cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(5));

    assertThat(cluster.run(run).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(took).isLessThan(Duration.ofSeconds(1));
    assertThat(cluster.run(run).epoch()).as("claimed once").isEqualTo(2);
  }

  private void on(SimulatedNode node, Runnable action) {
    var unused = cluster.timeline().start(node.process(), "test", action);
  }
}

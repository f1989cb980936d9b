package dev.fantasticfour.world.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.tck.wrong.WrongAudits;
import dev.fantasticfour.world.tck.wrong.WrongCase;
import dev.fantasticfour.world.tck.wrong.WrongChains;
import dev.fantasticfour.world.tck.wrong.WrongChildren;
import dev.fantasticfour.world.tck.wrong.WrongKin;
import dev.fantasticfour.world.tck.wrong.WrongQueues;
import dev.fantasticfour.world.tck.wrong.WrongRetentions;
import dev.fantasticfour.world.tck.wrong.WrongStorages;
import dev.fantasticfour.world.tck.wrong.WrongStreamers;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The test of the kit: each world that is wrong in one way is failed by the rule it breaks, and by
 * no rule that it keeps. Every chapter is run on every world.
 */
final class WrongWorldsTest {

  /** Wrong worlds often wait for what never comes, so that many at once take no longer. */
  private static final int AT_ONCE = 8;

  /** Far more than all of them take. */
  private static final long PATIENCE_MINUTES = 10;

  private static final Map<WrongCase, Future<Findings>> FOUND = new IdentityHashMap<>();

  /** Those that wait most begin, while the others compute. */
  private static final List<WrongCase> WORLDS =
      Stream.of(
              WrongQueues.all(),
              WrongStreamers.all(),
              WrongStorages.all(),
              WrongKin.all(),
              WrongChildren.all(),
              WrongChains.all(),
              WrongRetentions.all(),
              WrongAudits.all())
          .flatMap(List::stream)
          .toList();

  private static final ExecutorService THREADS =
      Executors.newFixedThreadPool(AT_ONCE, Thread.ofPlatform().daemon().name("kit-", 1).factory());

  @BeforeAll
  static void runTheKitOnAllOfThem() {
    for (WrongCase world : WORLDS) {
      FOUND.put(
          world, THREADS.submit(() -> Findings.of(world.port(), world.opening(), world.broken())));
    }
  }

  @AfterAll
  static void endWhatStillRuns() {
    THREADS.shutdownNow();
  }

  private static Findings found(WrongCase world) throws Exception {
    return FOUND.get(world).get(PATIENCE_MINUTES, TimeUnit.MINUTES);
  }

  @TestFactory
  Stream<DynamicTest> aWrongWorldIsFoundByTheRuleItBreaks() {
    return WORLDS.stream()
        .map(
            world ->
                dynamicTest(
                    world.toString(),
                    () ->
                        assertThat(found(world).faults())
                            .anySatisfy(
                                fault -> assertThat(fault.rules()).contains(world.rule()))));
  }

  @TestFactory
  Stream<DynamicTest> aWrongWorldKeepsEveryOtherRule() {
    return WORLDS.stream()
        .map(world -> dynamicTest(world.toString(), () -> keepsEveryOtherRule(world)));
  }

  private static void keepsEveryOtherRule(WrongCase world) throws Exception {
    Findings found = found(world);
    assertThat(found.passed()).isPositive();
    assertThat(found.faults())
        .allSatisfy(
            fault ->
                assertThat(fault.rules())
                    .as(fault.toString())
                    .containsAnyElementsOf(world.broken()));
  }

  @Test
  void aRightWorldNeverFails() {
    assertThat(Findings.of(Storage.class, WrongStorages::right, Set.of()).faults()).isEmpty();
    assertThat(Findings.of(Queue.class, WrongQueues::right, Set.of()).faults()).isEmpty();
    assertThat(Findings.of(Streamer.class, WrongStreamers::right, Set.of()).faults()).isEmpty();
  }
}

package dev.fantasticfour.world.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.tck.wrong.WrongCase;
import dev.fantasticfour.world.tck.wrong.WrongQueues;
import dev.fantasticfour.world.tck.wrong.WrongStorages;
import dev.fantasticfour.world.tck.wrong.WrongStreamers;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The test of the kit: each world that is wrong in one way is failed by the rule it breaks, and by
 * no rule that it keeps. By default the chapters that are concerned are run; with {@code
 * -Dworld.tck.wrong=all} every chapter is, on every world.
 */
final class WrongWorldsTest {

  private static final boolean ALL = "all".equals(System.getProperty("world.tck.wrong"));

  /** Wrong worlds mostly wait for what never comes, so that many at once take no longer. */
  private static final int AT_ONCE = 8;

  private static final Map<WrongCase, Future<Findings>> FOUND = new IdentityHashMap<>();

  private static final List<WrongCase> WORLDS =
      Stream.of(WrongStorages.all(), WrongQueues.all(), WrongStreamers.all())
          .flatMap(List::stream)
          .toList();

  static List<WrongCase> worlds() {
    return WORLDS;
  }

  @BeforeAll
  static void runTheKitOnAllOfThem() {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (WrongCase world : WORLDS) {
        FOUND.put(
            world,
            threads.submit(
                () ->
                    Findings.of(
                        world.port(),
                        world.opening(),
                        ALL ? Set.of() : world.chapters(),
                        world.broken())));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void aWrongWorldIsFoundByTheRuleItBreaks(WrongCase world) throws Exception {
    assertThat(FOUND.get(world).get().faults())
        .anySatisfy(fault -> assertThat(fault.rules()).contains(world.rule()));
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void aWrongWorldKeepsEveryOtherRule(WrongCase world) throws Exception {
    Findings found = FOUND.get(world).get();
    assertThat(found.passed()).isPositive();
    assertThat(found.faults())
        .allSatisfy(
            fault ->
                assertThat(fault.rules())
                    .as(fault.toString())
                    .containsAnyElementsOf(world.broken()));
  }

  @Test
  @EnabledIfSystemProperty(named = "world.tck.wrong", matches = "all")
  void aRightWorldNeverFails() {
    assertThat(Findings.of(Storage.class, WrongStorages::right, Set.of(), Set.of()).faults())
        .isEmpty();
    assertThat(Findings.of(Queue.class, WrongQueues::right, Set.of(), Set.of()).faults()).isEmpty();
    assertThat(Findings.of(Streamer.class, WrongStreamers::right, Set.of(), Set.of()).faults())
        .isEmpty();
  }
}

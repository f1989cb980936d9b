package dev.fantasticfour.world.core.engine.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.ScantMachine;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FolderTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final List<List<String>> calls = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<Void> reached = new CompletableFuture<>();
  private final CompletableFuture<Void> gate = new CompletableFuture<>();

  @Test
  void whatIsAddedWhileACallIsUnderWayGoesWithTheNextOneOnce() {
    Folder<String, Folder.NoAnswer> folder = telling(FoldSize.of(10));
    folder.add("a");
    reached.join();
    folder.addAll(List.of("b", "c", "b"));
    folder.add("b");
    assertThat(folder.waiting()).isEqualTo(2);

    gate.complete(null);

    assertThat(folder.awaitIdle(LONG)).isTrue();
    assertThat(calls).containsExactly(List.of("a"), List.of("b", "c"));
  }

  @Test
  void aCallIsNoLargerThanItMayBe() {
    Folder<String, Folder.NoAnswer> folder = telling(new FoldSize<>(3, String::length, 5));
    folder.add("a");
    reached.join();
    folder.addAll(List.of("b", "c", "d", "four", "five", "e"));

    gate.complete(null);

    assertThat(folder.awaitIdle(LONG)).isTrue();
    assertThat(calls)
        .containsExactly(
            List.of("a"), List.of("b", "c", "d"), List.of("four", "five"), List.of("e"));
  }

  @Test
  void whateverACallThrowsTheNextOneIsMade() {
    AtomicInteger number = new AtomicInteger();
    Folder<String, Folder.NoAnswer> folder =
        Folder.telling(
            new SystemMachine(),
            "test",
            "telling",
            FoldSize.<String>of(1).pausing(Duration.ofNanos(1)),
            "it is lost",
            items -> {
              calls.add(items);
              switch (number.getAndIncrement()) {
                case 0 -> throw new IllegalStateException("bug");
                case 1 -> throw new OutOfMemoryError("full");
                default -> {}
              }
            });
    folder.addAll(List.of("a", "b", "c"));

    assertThat(folder.awaitIdle(LONG)).isTrue();
    assertThat(calls).containsExactly(List.of("a"), List.of("b"), List.of("c"));
  }

  @Test
  void whoAsksIsAnsweredOrTold() throws Exception {
    Folder<String, Integer> folder =
        Folder.asking(
            new SystemMachine(),
            "test",
            "asking",
            FoldSize.of(10),
            items -> {
              if (items.contains("unknown")) {
                throw new WorldException(ErrorCode.RUN_NOT_FOUND, "no such run");
              }
              return items.stream().map(String::length).toList();
            });

    assertThat(folder.ask("four")).isEqualTo(4);
    assertThat(catchThrowableOfType(WorldException.class, () -> folder.ask("unknown")).code())
        .isEqualTo(ErrorCode.RUN_NOT_FOUND);
    assertThat(folder.askAll(List.of("a", "bb"))).containsExactly(1, 2);
  }

  @Test
  void tooFewAnswersAreAnswerToNobody() {
    Folder<String, Integer> folder =
        Folder.asking(
            new SystemMachine(), "test", "asking", FoldSize.of(10), items -> List.<Integer>of());

    assertThat(catchThrowableOfType(WorldException.class, () -> folder.ask("a")).code())
        .isEqualTo(ErrorCode.CONTRACT_VIOLATION);
  }

  @Test
  void whatNoThreadCouldBeStartedForIsCalledWhenOneCan() {
    ScantMachine machine = new ScantMachine();
    Folder<String, Folder.NoAnswer> folder =
        Folder.telling(machine, "test", "telling", FoldSize.of(10), "it is lost", calls::add);
    folder.add("a");
    folder.add("b");
    assertThat(folder.awaitIdle(Duration.ZERO)).isFalse();
    assertThat(calls).isEmpty();

    machine.startRefused();

    assertThat(folder.awaitIdle(LONG)).isTrue();
    assertThat(calls).containsExactly(List.of("a", "b"));
  }

  /** Its first call is held until the gate opens. */
  private Folder<String, Folder.NoAnswer> telling(FoldSize<String> size) {
    return Folder.telling(
        new SystemMachine(),
        "test",
        "telling",
        size,
        "it is lost",
        items -> {
          calls.add(items);
          if (reached.complete(null)) {
            gate.join();
          }
        });
  }
}

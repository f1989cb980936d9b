package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.virtual.Timeline;
import dev.fantasticfour.world.core.virtual.VirtualMachine;
import dev.fantasticfour.world.core.virtual.VirtualProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PersistenceTest {

  private final Timeline timeline = Timeline.free();
  private final VirtualProcess process = new VirtualProcess();
  private final VirtualMachine machine =
      VirtualMachine.skewed(timeline, process, Instant.EPOCH, new Random(1));
  private final Persistence persistence = new Persistence(machine);
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicReference<Object> outcome = new AtomicReference<>();

  @AfterEach
  void close() {
    timeline.close();
  }

  private String failing(ErrorCode code, int times) {
    if (calls.incrementAndGet() <= times) {
      throw new WorldException(code, "no");
    }
    return "yes";
  }

  private void insist(ErrorCode code, int times) {
    timeline.start(
        process,
        "insist",
        () -> {
          try {
            outcome.set(persistence.insist("asking", () -> failing(code, times)));
          } catch (WorldException e) {
            outcome.set(e.code());
          }
        });
  }

  @Test
  void aCallIsRepeatedUntilItIsAnswered() {
    insist(ErrorCode.UNAVAILABLE, 20);
    timeline.sleep(Duration.ofSeconds(20));
    assertThat(outcome).hasValue(null);
    timeline.sleep(Duration.ofSeconds(40));
    assertThat(outcome).hasValue("yes");
    assertThat(calls).hasValue(21);
  }

  @Test
  void whatIsNotTransientIsNotRepeated() {
    insist(ErrorCode.INVALID_ARGUMENT, 1);
    timeline.sleep(Duration.ofSeconds(1));
    assertThat(outcome).hasValue(ErrorCode.INVALID_ARGUMENT);
    assertThat(calls).hasValue(1);
  }

  @Test
  void aBugIsRepeatedButNotWithoutEnd() {
    insist(ErrorCode.CONTRACT_VIOLATION, 5);
    timeline.sleep(Duration.ofSeconds(10));
    assertThat(outcome).hasValue("yes");

    calls.set(0);
    insist(ErrorCode.CONTRACT_VIOLATION, 6);
    timeline.sleep(Duration.ofSeconds(10));
    assertThat(outcome).hasValue(ErrorCode.CONTRACT_VIOLATION);
    assertThat(calls).hasValue(6);
  }

  @Test
  void theEndOfTheIncarnationEndsIt() {
    insist(ErrorCode.UNAVAILABLE, Integer.MAX_VALUE);
    timeline.sleep(Duration.ofSeconds(10));
    persistence.end();
    timeline.sleep(Duration.ofNanos(1));
    assertThat(outcome).hasValue(ErrorCode.CLOSED);
    assertThat(persistence.isOver()).isTrue();
  }

  @Test
  void whatIsAnsweredAtOnceIsNotAskedTwice() {
    assertThat(persistence.insist("asking", () -> failing(ErrorCode.UNAVAILABLE, 0)))
        .isEqualTo("yes");
    assertThatThrownBy(
            () -> persistence.insist("asking", () -> failing(ErrorCode.SERIALIZATION, 9)))
        .isInstanceOf(WorldException.class);
    assertThat(calls).hasValue(2);
  }
}

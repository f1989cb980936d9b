package dev.fantasticfour.world.core.engine.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

@Timeout(30)
class LoopGuardTest {

  /** What was logged, each with its level. */
  private static final class Lines extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;
    private final transient List<String> all = new ArrayList<>();
    private transient RuntimeException broken;

    @Override
    protected String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        org.slf4j.Marker marker,
        String pattern,
        Object[] arguments,
        Throwable thrown) {
      if (broken != null) {
        throw broken;
      }
      all.add(level + " " + MessageFormatter.basicArrayFormat(pattern, arguments));
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }
  }

  private static final class End extends ThreadEnd {
    private static final long serialVersionUID = 1;

    End() {
      super("the process is gone");
    }
  }

  private final Lines lines = new Lines();
  private final LoopGuard guard =
      new LoopGuard(new SystemMachine(), lines, "the round", "it is taken again");

  private static LoopGuard.Round throwing(Throwable thrown) {
    return () -> {
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof InterruptedException interrupt) {
        throw interrupt;
      }
      throw (RuntimeException) thrown;
    };
  }

  private static WorldException away() {
    return new WorldException(ErrorCode.UNAVAILABLE, "away");
  }

  @Test
  void anOutageIsSaidOnceWhenItBeginsAndOnceWhenItIsOver() {
    for (int i = 0; i < 5; i++) {
      assertThat(guard.round(throwing(away()))).isFalse();
    }
    assertThat(guard.round(() -> {})).isTrue();
    assertThat(guard.round(() -> {})).isTrue();

    assertThat(lines.all)
        .containsExactly(
            "WARN the round was not answered; it is taken again: away",
            "INFO the round works again, after 5 in vain");
  }

  @Test
  void whatNobodyExpectsIsSaidOncePerMinuteAndKind() {
    for (int i = 0; i < 5; i++) {
      assertThat(guard.round(throwing(new AssertionError("bug")))).isFalse();
    }
    assertThat(guard.round(throwing(new OutOfMemoryError("full")))).isFalse();

    assertThat(lines.all)
        .containsExactly(
            "ERROR the round failed; it is taken again",
            "ERROR the round failed; it is taken again");
  }

  @Test
  void thatTheWorldIsClosedIsNoNews() {
    assertThat(guard.round(throwing(new WorldException(ErrorCode.CLOSED, "closed")))).isFalse();
    assertThat(guard.round(() -> {})).isTrue();

    assertThat(lines.all).isEmpty();
  }

  @Test
  void aLogThatFailsEndsNoLoop() {
    lines.broken = new IllegalStateException("disk full");
    assertThat(guard.round(throwing(away()))).isFalse();
    assertThat(guard.round(throwing(new AssertionError("bug")))).isFalse();
    assertThat(guard.round(() -> {})).isTrue();
  }

  @Test
  void roundsGoOnWhateverIsThrownAndAfterAStrayInterrupt() {
    AtomicInteger taken = new AtomicInteger();
    List<Throwable> thrown =
        List.of(new InterruptedException(), new AssertionError(), away(), new RuntimeException());
    guard.rounds(
        new SystemMachine().bell(),
        () -> taken.get() > thrown.size(),
        () -> {
          int round = taken.getAndIncrement();
          if (round < thrown.size()) {
            throwing(thrown.get(round)).take();
          }
        });
    assertThat(taken).hasValue(thrown.size() + 1);
  }

  @Test
  void theEndOfItsThreadIsTheOneThingThatNoLoopSurvives() {
    assertThatThrownBy(() -> guard.round(throwing(new End()))).isInstanceOf(End.class);
  }

  @Test
  void aLineIsSaidOnceInAWhileWithHowOftenItWasNot() {
    AtomicLong nanos = new AtomicLong();
    LogLimit limit = new LogLimit(Duration.ofSeconds(60), nanos::get);
    assertThat(limit.happened()).hasValue(0);
    assertThat(limit.happened()).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(limit.happened()).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(limit.happened()).hasValue(2);
    assertThat(limit.happened()).isEmpty();
  }
}

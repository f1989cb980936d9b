package dev.fantasticfour.world.core.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.error.RecordedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exceptions as they are kept in the log. */
final class JacksonFailuresTest {

  private final PayloadCodec codec = new JacksonPayloadCodec();

  @Test
  void aFailureComesBackWithItsCauses() {
    Exception thrown =
        new IllegalStateException("outer", new java.io.IOException("inner \0 \uD800"));

    Failure failure = codec.decodeFailure(codec.encodeFailure(thrown));

    assertThat(failure.type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(failure.message()).isEqualTo("outer");
    assertThat(failure.stack()).contains("at " + getClass().getName());
    assertThat(failure.cause().toString()).isEqualTo("java.io.IOException: inner \uFFFD \uFFFD");
    assertThat(codec.decodeFailure(codec.encodeFailure(failure))).isEqualTo(failure);
  }

  @Test
  void aFailureIsBoundedInDepthAndLength() {
    Exception chain = new Exception("end");
    for (int i = 0; i < 100; i++) {
      chain = new Exception("x".repeat(100_000), chain);
    }

    Failure failure = codec.decodeFailure(codec.encodeFailure(chain));

    int depth = 0;
    for (Failure each = failure; each != null; each = each.cause()) {
      assertThat(each.message()).hasSizeLessThanOrEqualTo(64 * 1024);
      depth++;
    }
    assertThat(depth).isEqualTo(10);
  }

  @Test
  void whatWasSuppressedComesBackWithinABound() {
    Exception thrown = new Exception("outer");
    for (int i = 0; i < 100; i++) {
      thrown.addSuppressed(new Exception("suppressed " + i, new Exception("cause " + i)));
    }

    Failure failure = codec.decodeFailure(codec.encodeFailure(thrown));

    assertThat(failure.suppressed()).hasSizeBetween(10, 30);
    assertThat(failure.suppressed().getFirst().message()).isEqualTo("suppressed 0");
    assertThat(failure.suppressed().getFirst().cause().message()).isEqualTo("cause 0");
  }

  @Test
  void whatStandsForARecordedFailureIsThatFailure() {
    Exception cause = new IllegalStateException("cause");
    Exception thrown = new IllegalArgumentException("thrown", cause);
    thrown.addSuppressed(new Exception("suppressed"));
    Failure failure = codec.decodeFailure(codec.encodeFailure(thrown));

    Exception around = new Exception("around", new RecordedException(failure));

    assertThat(codec.decodeFailure(codec.encodeFailure(around)).cause()).isEqualTo(failure);
  }

  @Test
  void aChainThatBitesItsTailEnds() {
    Exception a = new Exception("a");
    Exception b = new Exception("b", a);
    a.initCause(b);

    Failure failure = codec.decodeFailure(codec.encodeFailure(a));

    assertThat(failure.cause().message()).isEqualTo("b");
    assertThat(failure.cause().cause()).isNull();
  }

  @Test
  void anExceptionWhoseMessageThrowsIsStillRecorded() {
    Exception nasty =
        new Exception() {
          @Override
          public String getMessage() {
            throw new IllegalStateException();
          }
        };

    assertThat(codec.decodeFailure(codec.encodeFailure(nasty)).message()).contains("threw");
  }

  @Test
  void anExceptionThatHidesWhereItWasThrownIsStillRecorded() {
    Exception silent =
        new Exception("silent") {
          @Override
          public StackTraceElement[] getStackTrace() {
            return null;
          }
        };

    Failure failure = codec.decodeFailure(codec.encodeFailure(silent));

    assertThat(failure.message()).isEqualTo("silent");
    assertThat(failure.stack()).isNull();
  }

  @Test
  void anExceptionAllOfWhoseMethodsThrowIsStillRecorded() {
    Exception nasty =
        new Exception("unsaid", new Exception("unseen")) {
          @Override
          public String getMessage() {
            throw new AssertionError();
          }

          @Override
          public StackTraceElement[] getStackTrace() {
            throw new StackOverflowError();
          }

          @Override
          public Throwable getCause() {
            throw new IllegalStateException();
          }

          @Override
          public String toString() {
            throw new IllegalStateException();
          }

          @Override
          public boolean equals(Object other) {
            throw new IllegalStateException();
          }

          @Override
          public int hashCode() {
            throw new IllegalStateException();
          }
        };

    Failure failure = codec.decodeFailure(codec.encodeFailure(new Exception("outer", nasty)));

    assertThat(failure.message()).isEqualTo("outer");
    assertThat(failure.cause().message()).contains("getMessage() threw java.lang.AssertionError");
    assertThat(failure.cause().stack()).contains("threw java.lang.StackOverflowError");
    assertThat(failure.cause().cause()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"boom\"", "{\"message\":\"boom\"}", "[1]", "{boom"})
  void anErrorOfAnotherRuntimeIsShownAsItStands(String json) {
    assertThat(codec.decodeFailure(Payload.json(json)).message()).isEqualTo(json);
  }

  @Test
  void anAbsentErrorIsShownAsOne() {
    assertThat(codec.decodeFailure(null).message()).contains("no error");
  }
}

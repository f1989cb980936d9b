package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.StepBody;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The body of an inline step with its result: only what can be read again is handed in, so that no
 * effect is recorded whose result would let the run stand later. What was read for that is what the
 * workflow gets, which costs it nothing more.
 *
 * <p><b>Concurrency.</b> Attempts run on threads of their own, at times one beside the other that
 * was given up; the branch that asked for the step reads the result.
 */
final class InlineBody<R> implements StepEntry.Body {

  private final Values values;
  private final String step;
  private final ValueType<R> type;
  private final StepBody<R> code;
  private volatile @Nullable Checked<R> last;

  InlineBody(Values values, String step, ValueType<R> type, StepBody<R> code) {
    this.values = values;
    this.step = step;
    this.type = type;
    this.code = code;
  }

  private record Checked<R>(@Nullable Payload written, @Nullable R read) {}

  @Override
  public @Nullable Payload run(StepContext context) throws Exception {
    Payload written = values.encodeOwn(code.run(context), type);
    last = new Checked<>(written, ValueRefused.coded(() -> readAgain(written)));
    return written;
  }

  /** The value of the result that the step was given. */
  @SuppressWarnings("NullAway") // null exactly where the body returned null
  R resultIn(@Nullable Payload payload) {
    Checked<R> checked = last;
    return checked != null && checked.written() == payload
        ? checked.read()
        : values.decode("result of step '" + step + "'", payload, type);
  }

  private @Nullable R readAgain(@Nullable Payload written) {
    try {
      return values.read(written, type);
    } catch (WorldException e) {
      throw new WorldException(
          ErrorCode.SERIALIZATION,
          "the result of step '"
              + step
              + "' can be written but not read again: "
              + e.getMessage()
              + "; its type needs to be readable from its own JSON",
          e);
    }
  }
}

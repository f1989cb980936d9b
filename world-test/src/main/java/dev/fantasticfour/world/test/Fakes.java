package dev.fantasticfour.world.test;

import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.core.engine.program.StepBodies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Stands between the steps of a test and their bodies: replaces some, and notes every call. */
final class Fakes implements StepBodies {

  private final Map<String, StepFake<?, ?>> byName = new ConcurrentHashMap<>();
  private final List<StepCall<?>> calls = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final StepFake.Hang hang;
  private volatile int attempts;

  Fakes(StepFake.Hang hang) {
    this.hang = hang;
  }

  @SuppressWarnings("unchecked") // whoever asks says of what types the step is, as for the step
  <I, O> StepFake<I, O> of(String step) {
    return (StepFake<I, O>) byName.computeIfAbsent(step, name -> new StepFake<>(hang));
  }

  void attempts(int most) {
    attempts = most;
  }

  @SuppressWarnings("unchecked") // as above
  <I> List<StepCall<I>> calls(String step) {
    synchronized (calls) {
      return calls.stream()
          .filter(call -> call.step().equals(step))
          .map(call -> (StepCall<I>) call)
          .toList();
    }
  }

  /** Steps that were to be run and have neither a body nor a fake. */
  List<String> missing() {
    synchronized (calls) {
      return List.copyOf(missing);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // a fake is made with the types of its step
  public <I, O> StepFunction<I, O> of(String step, @Nullable StepFunction<I, O> written) {
    StepFake<I, O> fake = (StepFake<I, O>) byName.get(step);
    if (fake != null) {
      return (context, input) -> {
        note(context, input);
        return fake.run(context, input);
      };
    }
    return (context, input) -> {
      note(context, input);
      if (written == null) {
        throw missing(step);
      }
      return written.run(context, input);
    };
  }

  @Override
  public StepOptions options(String step, StepOptions chosen) {
    return attempts == 0 ? chosen : chosen.attempts(attempts);
  }

  private <I> void note(StepContext context, @Nullable I input) {
    StepCall<I> call =
        new StepCall<>(
            context.runId(),
            context.stepName(),
            input,
            context.attempt(),
            context.idempotencyKey());
    synchronized (calls) {
      calls.add(call);
    }
  }

  private FatalException missing(String step) {
    synchronized (calls) {
      missing.add(step);
    }
    return new FatalException("step '" + step + "' has neither a body nor a fake in this test");
  }
}

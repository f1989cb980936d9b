package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.StartOptions;
import dev.fantasticfour.world.api.config.Build;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.RunKeyConflictException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Deadline;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.node.Hints;
import dev.fantasticfour.world.core.engine.node.LocalNode;
import dev.fantasticfour.world.core.engine.node.Ports;
import dev.fantasticfour.world.core.engine.telemetry.CarriedContext;
import dev.fantasticfour.world.core.engine.telemetry.Timing;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.rules.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs: with a free slot in this process, creation, start and ownership in one append, and
 * the run executes here; without one, the creation, and a message to the workers.
 */
final class RunStarter {

  /**
   * @param end what is known of its end; null when the run key belonged to it already
   */
  record Started(RunId run, ExpectedEnds.@Nullable Expected end) {}

  private final OutsideAppends appends;
  private final LocalNode node;
  private final Hints hints;
  private final IdSource ids;
  private final PayloadCodec codec;
  private final WorldConfig config;
  private final ResultWatch results;
  private final Observer observer;
  private final LongSupplier nanos;

  /**
   * @param nanos the monotonic clock
   */
  RunStarter(
      OutsideAppends appends,
      LocalNode node,
      Hints hints,
      Ports ports,
      ResultWatch results,
      LongSupplier nanos) {
    this.results = results;
    this.observer = ports.observer();
    this.nanos = nanos;
    this.appends = appends;
    this.node = node;
    this.hints = hints;
    this.ids = ports.ids();
    this.codec = ports.codec();
    this.config = ports.config();
  }

  /**
   * A run that may be created.
   *
   * @param end what is known of its end
   */
  record Expected(RunId run, Fact.RunCreated creation, ExpectedEnds.Expected end) {}

  /** A run that somebody else creates. */
  Expected expected(String workflow, @Nullable Payload input, Pin pin, StartOptions options) {
    RunId run = ids.run();
    return new Expected(run, creation(workflow, input, pin, options), results.expect(run));
  }

  /**
   * Starts a run, or finds the one that has the key.
   *
   * @param pin which build executes it, where the options do not say
   */
  Started start(String workflow, @Nullable Payload input, Pin pin, StartOptions options) {
    RunId run = ids.run();
    Fact.RunCreated wanted = creation(workflow, input, pin, options);
    Optional<LocalNode.Slot> slot =
        isForHere(wanted.pin()) ? node.reserve(workflow, run) : Optional.empty();
    Timing timing = Timing.of(observer, nanos, new Operation.Start(run, workflow));
    Map<String, String> context = timing.context();
    Fact.RunCreated creation =
        context.isEmpty() ? wanted : wanted.carrying(CarriedContext.write(context));
    try {
      Started started =
          slot.isPresent() ? startHere(run, creation, slot.get()) : startAnywhere(run, creation);
      timing.done();
      return started;
    } catch (WorldException e) {
      timing.failed(e);
      throw OutsideAppends.unanswered(
          "a run of workflow '" + workflow + "' was started",
          options.runKey() == null
              ? "to be able to start again safely, give a run key"
              : "starting again under the same run key is safe",
          e);
    } catch (RuntimeException | Error e) {
      timing.failed(e);
      throw e;
    }
  }

  private boolean isForHere(@Nullable Pin pin) {
    return !(pin instanceof Pin.To to) || to.build().equals(Build.idOf(config));
  }

  /**
   * What a run is created with.
   *
   * @param pin which build executes it, where the options do not say
   */
  Fact.RunCreated creation(
      String workflow, @Nullable Payload input, Pin pin, StartOptions options) {
    Deadline deadline = options.deadline();
    return new Fact.RunCreated(
            workflow,
            Build.idOf(config),
            Protocol.SPEC_VERSION,
            config.application(),
            input,
            options.runKey(),
            options.runKey() == null ? null : codec.hash(input),
            options.attributes(),
            null)
        .pinned(options.pin() == null ? pin : options.pin())
        .until(deadline == null ? null : deadline.from(appends.now()));
  }

  /** The same of a typed workflow, under a run key and with no options else. */
  <I> Fact.RunCreated creation(WorkflowType<I, ?> type, @Nullable I input, String runKey) {
    return creation(
        type.name(),
        codec.encode(input, type.input()),
        type.pinsRuns() ? Pin.FIRST : Pin.AUTO,
        StartOptions.DEFAULT.runKey(runKey));
  }

  private Started startHere(RunId run, Fact.RunCreated wanted, LocalNode.Slot slot) {
    // It is claimed with its creation: the build that takes it first is this one.
    Fact.RunCreated creation =
        wanted.pin() instanceof Pin.First ? wanted.pinned(Pin.to(Build.idOf(config))) : wanted;
    boolean begun = false;
    ExpectedEnds.Expected end = results.expect(run);
    try {
      AppendResult.ToAnyone result =
          appends.append(
              new Target.OfRun(run),
              slot.worker(),
              List.of(
                  appends.draft(null, creation), appends.draft(null, new Fact.RunStarted(null))));
      if (result instanceof AppendResult.Fenced) {
        return startAnywhere(run, wanted);
      }
      // After a repetition somebody else may have taken the run over by now.
      if (result instanceof AppendResult.InLog accepted && slot.worker().equals(accepted.owner())) {
        begun = true;
        slot.begin(accepted.events());
        return new Started(run, end);
      }
      return started(run, creation, result, end);
    } finally {
      if (!begun) {
        slot.release();
      }
    }
  }

  private Started startAnywhere(RunId run, Fact.RunCreated creation) {
    ExpectedEnds.Expected end = results.expect(run);
    return started(run, creation, appends.append(new Target.OfRun(run), creation), end);
  }

  private Started started(
      RunId run,
      Fact.RunCreated creation,
      AppendResult.ToAnyone result,
      ExpectedEnds.Expected end) {
    return switch (result) {
      case AppendResult.InLog accepted -> {
        hints.tell(run, accepted.events(), accepted.owner(), accepted.taskQueue());
        yield new Started(run, end);
      }
      case AppendResult.Conflict refused -> existing(run, creation, refused);
      case AppendResult.Closed closed -> throw unexpected(run, closed);
      case AppendResult.NotFound missing -> throw unexpected(run, missing);
      case AppendResult.Fenced over -> throw unexpected(run, over);
    };
  }

  private static Started existing(
      RunId run, Fact.RunCreated creation, AppendResult.Conflict refused) {
    RunId existing = refused.existing();
    String key = creation.runKey();
    String offered = creation.inputHash();
    if (refused.reason() != AppendResult.Conflict.Reason.RUN_KEY
        || existing == null
        || key == null
        || offered == null) {
      throw unexpected(run, refused);
    }
    if (AppendResult.Conflict.DELETED.equals(refused.existingHash())) {
      throw RunKeyConflictException.ofDeleted(creation.workflow(), key, existing.value());
    }
    if (!Objects.equals(refused.existingHash(), offered)) {
      throw new RunKeyConflictException(
          creation.workflow(), key, existing.value(), refused.existingHash(), offered);
    }
    return new Started(existing, null);
  }

  private static RuntimeException unexpected(RunId run, AppendResult result) {
    return OutsideAppends.unexpected("the creation of run " + run, result);
  }
}

package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.PublishedState;
import dev.fantasticfour.world.api.ResumeOptions;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.SignalOptions;
import dev.fantasticfour.world.api.Signalled;
import dev.fantasticfour.world.api.StartOptions;
import dev.fantasticfour.world.api.UpdateHandle;
import dev.fantasticfour.world.api.UpdateOptions;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.node.Hints;
import dev.fantasticfour.world.core.engine.node.LocalNode;
import dev.fantasticfour.world.core.engine.node.Ports;
import dev.fantasticfour.world.core.engine.time.Machine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The client over the three ports. Each call waits at most 30 seconds for a store that is silent,
 * repeating what it appends under its id, and throws {@code UNAVAILABLE} then. Safe for any number
 * of threads.
 */
public final class EngineClient extends ReadingClient implements AutoCloseable {

  private static final ValueType<Payload> PAYLOAD = ValueType.of(Payload.class);

  private final ClientParts parts;
  private final PayloadCodec codec;
  private final RunStarter starter;
  private final HookResumer resumer;
  private final UpdateSender updates;
  private final Signaller signaller;

  /**
   * A client. Who assembles the parts has {@code node.onEnd(results::announce)}; of them it closes
   * the watches only. The clock is the store's as far as this process knows it.
   */
  public EngineClient(
      Ports ports,
      Machine machine,
      InstantSource clock,
      LocalNode node,
      Hints hints,
      ResultWatch results) {
    this(ClientParts.of(ports, machine, clock, node, hints, results));
  }

  private EngineClient(ClientParts parts) {
    super(parts);
    this.parts = parts;
    this.codec = parts.codec();
    this.starter = parts.starter();
    this.resumer = parts.resumer();
    this.updates = parts.updates();
    this.signaller = parts.signaller();
  }

  @Override
  public <I, O> Run<O> start(
      WorkflowType<I, O> type, I input, UnaryOperator<StartOptions> options) {
    return parts.handle(
        starter.start(
            type.name(),
            codec.encode(input, type.input()),
            type.pinsRuns() ? Pin.FIRST : Pin.AUTO,
            options.apply(StartOptions.DEFAULT)),
        new RunOutcome<>(codec, type.output(), type.name()));
  }

  @Override
  public Run<Payload> startJson(String workflow, String json, UnaryOperator<StartOptions> options) {
    return parts.handle(
        starter.start(workflow, codec.json(json), Pin.AUTO, options.apply(StartOptions.DEFAULT)),
        new RunOutcome<>(codec, PAYLOAD, workflow));
  }

  @Override
  public <O> Run<O> run(WorkflowType<?, O> type, String runId) {
    return parts.handle(runId, new RunOutcome<>(codec, type.output(), type.name()));
  }

  @Override
  public Run<Payload> run(String runId) {
    return parts.handle(runId, new RunOutcome<>(codec, PAYLOAD, null));
  }

  @Override
  public <O> Run<O> runByKey(WorkflowType<?, O> type, String runKey) {
    return run(type, parts.reads().holder(type.name(), runKey).value());
  }

  @Override
  public <P> String resume(
      HookType<P> type, String token, @Nullable P payload, UnaryOperator<ResumeOptions> options) {
    return resumer
        .resume(
            type,
            token,
            codec.encode(payload, type.payload()),
            options.apply(ResumeOptions.DEFAULT))
        .value();
  }

  @Override
  public String resumeJson(String token, String json, UnaryOperator<ResumeOptions> options) {
    return resumer
        .resume(null, token, codec.json(json), options.apply(ResumeOptions.DEFAULT))
        .value();
  }

  @Override
  public <Q, R> @Nullable R update(
      UpdateType<Q, R> type,
      Run<?> run,
      @Nullable Q request,
      UnaryOperator<UpdateOptions> options) {
    return updates.update(type, new RunId(run.id()), request, options.apply(UpdateOptions.DEFAULT));
  }

  @Override
  public <Q, R> UpdateHandle<R> startUpdate(
      UpdateType<Q, R> type,
      Run<?> run,
      @Nullable Q request,
      UnaryOperator<UpdateOptions> options) {
    return updates.start(type, new RunId(run.id()), request, options.apply(UpdateOptions.DEFAULT));
  }

  @Override
  public <I, Q, R> UpdateHandle<R> updateOrStart(
      WorkflowType<I, ?> workflow,
      String runKey,
      @Nullable I input,
      UpdateType<Q, R> type,
      @Nullable Q request,
      UnaryOperator<UpdateOptions> options) {
    return updates.startOrCreate(
        starter.creation(workflow, input, runKey),
        runKey,
        type,
        request,
        options.apply(UpdateOptions.DEFAULT));
  }

  @Override
  public <P> void signal(
      SignalType<P> type, String runId, @Nullable P payload, UnaryOperator<SignalOptions> options) {
    signaller.signal(
        type.name(),
        new RunId(runId),
        codec.encode(payload, type.payload()),
        options.apply(SignalOptions.DEFAULT));
  }

  @Override
  public <P> String signal(
      SignalType<P> type,
      WorkflowType<?, ?> workflow,
      String runKey,
      @Nullable P payload,
      UnaryOperator<SignalOptions> options) {
    return signaller
        .signal(
            type.name(),
            workflow.name(),
            runKey,
            codec.encode(payload, type.payload()),
            options.apply(SignalOptions.DEFAULT))
        .value();
  }

  @Override
  public void signalJson(
      String name, String runId, String json, UnaryOperator<SignalOptions> options) {
    String signal = new SignalType<>(name, PAYLOAD).name();
    signaller.signal(
        signal, new RunId(runId), codec.json(json), options.apply(SignalOptions.DEFAULT));
  }

  @Override
  public <I, O, P> Signalled<O> signalOrStart(
      WorkflowType<I, O> workflow,
      String runKey,
      I input,
      SignalType<P> type,
      @Nullable P payload,
      UnaryOperator<SignalOptions> options) {
    Signaller.Sent sent =
        signaller.signalOrStart(
            workflow.name(),
            workflow.pinsRuns() ? Pin.FIRST : Pin.AUTO,
            runKey,
            codec.encode(input, workflow.input()),
            type.name(),
            codec.encode(payload, type.payload()),
            options.apply(SignalOptions.DEFAULT));
    return new Signalled<>(
        parts.handle(sent.run(), new RunOutcome<>(codec, workflow.output(), workflow.name())),
        sent.isNew());
  }

  @Override
  public <T> Optional<PublishedState<T>> state(StateType<T> type, String runId) {
    return parts.states().state(type, new RunId(runId));
  }

  @Override
  public <T> PublishedState<T> awaitState(
      StateType<T> type, String runId, Predicate<? super T> test, Duration timeout) {
    return parts.states().await(type, new RunId(runId), test, timeout);
  }

  /** A run of this application shows new values: who waits for them is told. Never blocks. */
  public void shown(RunId run) {
    parts.states().announce(run);
  }

  /** Fails everybody who waits for a result with {@code CLOSED}. Idempotent. */
  @Override
  public void close() {
    parts.close();
  }
}

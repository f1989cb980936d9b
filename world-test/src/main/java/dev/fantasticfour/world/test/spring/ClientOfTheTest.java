package dev.fantasticfour.world.test.spring;

import dev.fantasticfour.world.api.Bulk;
import dev.fantasticfour.world.api.ExportOptions;
import dev.fantasticfour.world.api.ImportOptions;
import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.PublishedState;
import dev.fantasticfour.world.api.ResumeOptions;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.SignalOptions;
import dev.fantasticfour.world.api.Signalled;
import dev.fantasticfour.world.api.StartOptions;
import dev.fantasticfour.world.api.UpdateHandle;
import dev.fantasticfour.world.api.UpdateOptions;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.attribute.AttributeChanges;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.UpdateRecord;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.test.TestWorld;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What beans of a context have as their client: that of the world of the test that runs just now.
 * Beans are made once for many tests, and every test has a world of its own. Safe for any number of
 * threads.
 */
final class ClientOfTheTest implements WorldClient {

  private volatile @Nullable TestWorld world;

  /** From now on that of this world; null: no test is running. */
  void beOf(@Nullable TestWorld other) {
    world = other;
  }

  private WorldClient now() {
    TestWorld known = world;
    if (known == null) {
      throw new IllegalStateException(
          "the client of a world was called while no test was running: with @UseTestWorld a world"
              + " begins with each test and ends with it, so beans may use it from then on only");
    }
    return known.client();
  }

  @Override
  public <I, O> Run<O> start(
      WorkflowType<I, O> type, I input, UnaryOperator<StartOptions> options) {
    return now().start(type, input, options);
  }

  @Override
  public Run<Payload> startJson(String workflow, String json, UnaryOperator<StartOptions> options) {
    return now().startJson(workflow, json, options);
  }

  @Override
  public <O> Run<O> run(WorkflowType<?, O> type, String runId) {
    return now().run(type, runId);
  }

  @Override
  public Run<Payload> run(String runId) {
    return now().run(runId);
  }

  @Override
  public <O> Run<O> runByKey(WorkflowType<?, O> type, String runKey) {
    return now().runByKey(type, runKey);
  }

  @Override
  public <P> String resume(
      HookType<P> type, String token, @Nullable P payload, UnaryOperator<ResumeOptions> options) {
    return now().resume(type, token, payload, options);
  }

  @Override
  public <Q, R> @Nullable R update(
      UpdateType<Q, R> type,
      Run<?> run,
      @Nullable Q request,
      UnaryOperator<UpdateOptions> options) {
    return now().update(type, run, request, options);
  }

  @Override
  public <Q, R> UpdateHandle<R> startUpdate(
      UpdateType<Q, R> type,
      Run<?> run,
      @Nullable Q request,
      UnaryOperator<UpdateOptions> options) {
    return now().startUpdate(type, run, request, options);
  }

  @Override
  public <I, Q, R> UpdateHandle<R> updateOrStart(
      WorkflowType<I, ?> workflow,
      String runKey,
      @Nullable I input,
      UpdateType<Q, R> type,
      @Nullable Q request,
      UnaryOperator<UpdateOptions> options) {
    return now().updateOrStart(workflow, runKey, input, type, request, options);
  }

  @Override
  public String resumeJson(String token, String json, UnaryOperator<ResumeOptions> options) {
    return now().resumeJson(token, json, options);
  }

  @Override
  public <P> void signal(
      SignalType<P> type, String runId, @Nullable P payload, UnaryOperator<SignalOptions> options) {
    now().signal(type, runId, payload, options);
  }

  @Override
  public <P> String signal(
      SignalType<P> type,
      WorkflowType<?, ?> workflow,
      String runKey,
      @Nullable P payload,
      UnaryOperator<SignalOptions> options) {
    return now().signal(type, workflow, runKey, payload, options);
  }

  @Override
  public void signalJson(
      String name, String runId, String json, UnaryOperator<SignalOptions> options) {
    now().signalJson(name, runId, json, options);
  }

  @Override
  public <I, O, P> Signalled<O> signalOrStart(
      WorkflowType<I, O> workflow,
      String runKey,
      I input,
      SignalType<P> type,
      @Nullable P payload,
      UnaryOperator<SignalOptions> options) {
    return now().signalOrStart(workflow, runKey, input, type, payload, options);
  }

  @Override
  public <T> Optional<PublishedState<T>> state(StateType<T> type, String runId) {
    return now().state(type, runId);
  }

  @Override
  public <T> PublishedState<T> awaitState(
      StateType<T> type, String runId, Predicate<? super T> test, Duration timeout) {
    return now().awaitState(type, runId, test, timeout);
  }

  @Override
  public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
    return now().runs(filter, page);
  }

  @Override
  public RunCount count(RunFilter filter) {
    return now().count(filter);
  }

  @Override
  public void setAttributes(String runId, UnaryOperator<AttributeChanges> changes) {
    now().setAttributes(runId, changes);
  }

  @Override
  public Page<StepRecord> steps(String runId, PageRequest page) {
    return now().steps(runId, page);
  }

  @Override
  public Page<Event> events(String runId, PageRequest page) {
    return now().events(runId, page);
  }

  @Override
  public Page<HookRecord> hooks(@Nullable String runId, PageRequest page) {
    return now().hooks(runId, page);
  }

  @Override
  public Page<UpdateRecord> updates(String runId, PageRequest page) {
    return now().updates(runId, page);
  }

  @Override
  public Page<ChildRecord> children(String runId, PageRequest page) {
    return now().children(runId, page);
  }

  @Override
  public void exportRun(String runId, Appendable out, UnaryOperator<ExportOptions> options)
      throws IOException {
    now().exportRun(runId, out, options);
  }

  @Override
  public String importRun(String name, Reader in, UnaryOperator<ImportOptions> options)
      throws IOException {
    return now().importRun(name, in, options);
  }

  @Override
  public Bulk bulk(RunFilter filter, String operationId) {
    return now().bulk(filter, operationId);
  }

  @Override
  public List<String> streams(String runId) {
    return now().streams(runId);
  }
}

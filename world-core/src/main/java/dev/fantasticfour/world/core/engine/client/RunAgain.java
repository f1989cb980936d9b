package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.CopyOptions;
import dev.fantasticfour.world.api.StartOptions;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.copy.RunCopier;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.rules.Erasure;
import java.util.Map;

/** Has runs go on as others, or begin anew. Of a chain its newest run is meant. */
final class RunAgain {

  private final Storage storage;
  private final Chains chains;
  private final RunCopier copier;
  private final RunControl control;
  private final RunStarter starter;

  RunAgain(
      Storage storage, Chains chains, RunCopier copier, RunControl control, RunStarter starter) {
    this.storage = storage;
    this.chains = chains;
    this.copier = copier;
    this.control = control;
    this.starter = starter;
  }

  RunCopier.Next retry(RunId run) {
    return copier.retry(chains.newest(run));
  }

  RunId fork(RunId run, String step, CopyOptions options) {
    return copier.fork(known(run), step, options);
  }

  /** Two appends under one operation: done again it ends nothing more and finds the other run. */
  RunId reset(RunId run, String step, CopyOptions options) {
    RunRecord known = chains.newest(run);
    if (!known.status().isFinal()) {
      copier.requireFork(known.id(), step, options);
      control.terminate(known.id(), "reset to step '" + step + "'");
    }
    return copier.fork(known(known.id()), step, options);
  }

  RunId rerun(RunId run, CopyOptions options) {
    return started(run, options).run();
  }

  /** Whether it was not run again before under that operation. */
  boolean rerunOnce(RunId run, CopyOptions options) {
    return started(run, options).end() != null;
  }

  private RunStarter.Started started(RunId run, CopyOptions options) {
    RunRecord known = known(run);
    if (Erasure.isErased(known.input())) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "run " + run + " cannot be run again: its input was erased");
    }
    String operation = options.operationId();
    Map<String, AttributeValue> attributes =
        storage.history(run, 0, 1).getFirst().fact() instanceof Fact.RunCreated created
            ? created.attributes()
            : Map.of();
    StartOptions start = new StartOptions(null, attributes, null, null);
    return starter.start(
        known.workflow(),
        known.input(),
        known.pin() instanceof Pin.Auto ? Pin.AUTO : Pin.FIRST,
        operation == null ? start : start.runKey("again " + run + " " + operation));
  }

  private RunRecord known(RunId run) {
    return storage.run(run).orElseThrow(() -> RunReads.notFound(run));
  }
}

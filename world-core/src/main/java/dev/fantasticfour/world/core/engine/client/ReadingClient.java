package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Bulk;
import dev.fantasticfour.world.api.ExportOptions;
import dev.fantasticfour.world.api.ImportOptions;
import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.attribute.AttributeChanges;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.UpdateRecord;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a client reads of any run, writes down, and takes in again. */
abstract class ReadingClient implements WorldClient {

  private final ClientParts parts;

  ReadingClient(ClientParts parts) {
    this.parts = parts;
  }

  @Override
  public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
    return parts.storage().runs(filter, page);
  }

  @Override
  public RunCount count(RunFilter filter) {
    return parts.storage().count(filter);
  }

  @Override
  public void setAttributes(String runId, UnaryOperator<AttributeChanges> changes) {
    parts.control().setAttributes(new RunId(runId), changes.apply(AttributeChanges.NONE));
  }

  @Override
  public Page<StepRecord> steps(String runId, PageRequest page) {
    return parts.reads().page(runId, page, parts.storage()::steps);
  }

  @Override
  public Page<Event> events(String runId, PageRequest page) {
    return parts.reads().page(runId, page, parts.storage()::events);
  }

  @Override
  public Page<HookRecord> hooks(@Nullable String runId, PageRequest page) {
    return runId == null
        ? parts.storage().hooks(null, page)
        : parts.reads().page(runId, page, parts.storage()::hooks);
  }

  @Override
  public Page<UpdateRecord> updates(String runId, PageRequest page) {
    return parts.reads().page(runId, page, parts.storage()::updates);
  }

  @Override
  public Page<ChildRecord> children(String runId, PageRequest page) {
    return parts.reads().page(runId, page, parts.storage()::children);
  }

  @Override
  public List<String> streams(String runId) {
    return parts.streamsOf(new RunId(runId));
  }

  @Override
  public void exportRun(String runId, Appendable out, UnaryOperator<ExportOptions> options)
      throws IOException {
    parts.exports().export(new RunId(runId), out, options.apply(ExportOptions.DEFAULT));
  }

  @Override
  public Bulk bulk(RunFilter filter, String operationId) {
    return new BulkRun(parts.bulks(), filter, operationId);
  }

  @Override
  public String importRun(String name, Reader in, UnaryOperator<ImportOptions> options)
      throws IOException {
    return parts.imports().take(name, in, options.apply(ImportOptions.DEFAULT)).value();
  }
}

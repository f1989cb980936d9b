package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.run.ChangeRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.api.run.UpdateRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads of what runs show of themselves. */
final class ShownReads {

  private final Sessions sessions;
  private final PostgresErrors errors;

  ShownReads(Sessions sessions, PostgresErrors errors) {
    this.sessions = sessions;
    this.errors = errors;
  }

  Optional<StateRecord> state(RunId run, String name) {
    return Texts.isStorable(name)
        ? Optional.ofNullable(read(mapper -> mapper.state(run.value(), name)))
            .map(ShownMapper.StateRow::toRecord)
        : Optional.empty();
  }

  List<StateRecord> states(RunId run) {
    return read(mapper -> mapper.states(run.value())).stream()
        .map(ShownMapper.StateRow::toRecord)
        .toList();
  }

  List<ChangeRecord> changes(RunId run) {
    return read(mapper -> mapper.changesOfRun(run.value())).stream()
        .map(ShownMapper.ChangeRow::toRecord)
        .toList();
  }

  Optional<UpdateRecord> update(RunId run, String updateId) {
    return Texts.isStorable(updateId)
        ? Optional.ofNullable(read(mapper -> mapper.update(run.value(), updateId)))
            .map(ShownMapper.UpdateRow::toRecord)
        : Optional.empty();
  }

  Page<UpdateRecord> updates(RunId run, PageRequest request) {
    String list = "updates\n" + run;
    Keyset page = Keyset.of(list, request);
    return Keyset.page(
        list,
        request,
        read(mapper -> mapper.updates(run.value(), page)),
        row -> new Keyset.Key(row.createdAt(), null, null, null),
        ShownMapper.UpdateRow::toRecord);
  }

  private <T extends @Nullable Object> T read(Function<ShownMapper, T> statement) {
    try {
      return sessions.call(ShownMapper.class, statement);
    } catch (RuntimeException e) {
      throw errors.translate("reading", e);
    }
  }
}

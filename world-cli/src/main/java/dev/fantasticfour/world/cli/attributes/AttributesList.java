package dev.fantasticfour.world.cli.attributes;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Table;
import dev.fantasticfour.world.postgres.PostgresIndexes;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code world attributes list}. */
@Command(name = "list", description = "List the indexes that 'attributes index' has made.")
public final class AttributesList implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  public AttributesList(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws SQLException {
    Reach.postgres(session.config()).close();
    List<PostgresIndexes.Present> there = PostgresIndexes.list(session.config());
    new Printed(session, output)
        .page(
            "no indexes",
            new Page<>(there, null, false),
            each ->
                Json.object()
                    .put("index", IndexText.of(each.index()))
                    .put("name", each.name())
                    .put("bytes", each.bytes()),
            () -> table(there));
    return ExitCode.OK;
  }

  private static Table table(List<PostgresIndexes.Present> there) {
    Table table = new Table("index", "name", "bytes");
    there.forEach(each -> table.row(IndexText.of(each.index()), each.name(), each.bytes()));
    return table;
  }
}

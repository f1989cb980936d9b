package dev.fantasticfour.world.cli.attributes;

import dev.fantasticfour.world.api.attribute.AttributeOrder;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.core.operate.Action;
import dev.fantasticfour.world.core.rules.RunIndex;
import dev.fantasticfour.world.postgres.PostgresIndexes;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code world attributes index}. */
@Command(
    name = "index",
    description = {
      "Have an index made by which a range of an attribute, or runs by their end, are found",
      "among all runs. Everything goes on meanwhile; every run that has it pays for it afterwards."
    })
public final class AttributesIndex implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "name of the attribute; not with --ended")
  private @Nullable String name;

  @ArgGroup(multiplicity = "1")
  private Kind kind = new Kind();

  /** What the index is by: one of them. */
  static final class Kind {
    @Option(names = "--number", description = "by its numbers")
    private boolean number;

    @Option(names = "--text", description = "by its texts")
    private boolean text;

    @Option(names = "--time", description = "by its times")
    private boolean time;

    @Option(names = "--ended", description = "by when runs ended, and no attribute")
    private boolean ended;
  }

  public AttributesIndex(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws SQLException {
    RunIndex index = index();
    Reach.postgres(session.config()).close();
    try (Operating operating = Assembly.onStorage(session)) {
      boolean made =
          operating
              .operator()
              .act(
                  Action.INDEX_ATTRIBUTE,
                  IndexText.of(index),
                  () -> PostgresIndexes.create(session.config(), index),
                  is -> is ? "made" : "it was there");
      new Printed(session, output)
          .value(
              () -> Json.object().put("index", IndexText.of(index)).put("made", made),
              () -> "the index " + IndexText.of(index) + (made ? " is made" : " was there"));
      return ExitCode.OK;
    }
  }

  private RunIndex index() {
    if (kind.ended == (name != null)) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          kind.ended
              ? "--ended is about no attribute: leave '" + name + "' out"
              : "name the attribute: world attributes index amount --number");
    }
    return name == null
        ? new RunIndex.OfEnd()
        : new RunIndex.OfAttribute(
            name,
            kind.number
                ? AttributeOrder.NUMBER
                : kind.time ? AttributeOrder.TIME : AttributeOrder.TEXT);
  }
}

package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.attribute.AttributeChanges;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.attributes.TypedAttribute;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world runs set}. */
@Command(
    name = "set",
    description = "Set and remove attributes of a run that goes on; what is not named stays.")
public final class RunsSet implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  @Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      description = {
        "set this one; also NAME:number=VALUE, :bool, :time, :keywords (a,b);",
        "may be repeated"
      })
  private List<String> attributes = new ArrayList<>();

  @Option(names = "--unset", paramLabel = "NAME", description = "remove it; may be repeated")
  private List<String> removed = new ArrayList<>();

  public RunsSet(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Operating operating = named.operating(session)) {
      String runId = named.id(operating.reading());
      operating.operator().runs().setAttributes(runId, this::changes);
      int changed = attributes.size() + removed.size();
      new Printed(session, output)
          .value(
              () -> Json.object().put("run", runId).put("changed", changed),
              () -> runId + ": " + changed + (changed == 1 ? " attribute" : " attributes"));
      return ExitCode.OK;
    }
  }

  private AttributeChanges changes(AttributeChanges none) {
    AttributeChanges changes = none;
    for (String each : attributes) {
      TypedAttribute attribute = TypedAttribute.of(each);
      changes = changes.set(attribute.name(), attribute.value());
    }
    for (String name : removed) {
      changes = changes.unset(name);
    }
    return changes;
  }
}

package dev.fantasticfour.world.cli.retention;

import dev.fantasticfour.world.api.config.RetentionPolicy;
import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code world retention set}. */
@Command(
    name = "set",
    description =
        "Set how long runs are kept after their end, also of those that have ended before.")
public final class RetentionSet implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(
      paramLabel = "RULE",
      description = {
        "such as completed=30d,failed=90d,cancelled=30d in w, d, h, m or s; what is not named is",
        "kept for ever. keys=400d: a run key starts no other run for so long. `off` takes the",
        "rule back"
      })
  private String rule = "";

  @Option(
      names = "--workflow",
      paramLabel = "NAME",
      description = "of this workflow; without it, of all that have no rule of their own")
  private String workflow = RetentionPolicy.ALL;

  public RetentionSet(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    @Nullable RetentionRule parsed = rule.equals("off") ? null : RetentionRule.parse(rule);
    try (Operating operating = Assembly.onStorage(session)) {
      operating.operator().store().retain(workflow, parsed);
      String whose = workflow.equals(RetentionPolicy.ALL) ? "runs" : "runs of '" + workflow + "'";
      new Printed(session, output)
          .value(
              () ->
                  Json.object()
                      .put("workflow", workflow)
                      .put("rule", parsed == null ? null : parsed.toString()),
              () ->
                  parsed == null
                      ? "no rule for " + whose + " any more"
                      : whose + " are kept " + parsed + "; workers delete from now on");
      return ExitCode.OK;
    }
  }
}

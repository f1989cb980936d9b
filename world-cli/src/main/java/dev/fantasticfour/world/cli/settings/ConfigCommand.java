package dev.fantasticfour.world.cli.settings;

import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.settings.EffectiveSettings.Setting;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code world config}. */
@Command(
    name = "config",
    description = {
      "Show every setting that is in force and where it comes from, without passwords.",
      "Asks no server."
    })
public final class ConfigCommand implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  public ConfigCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<Setting> settings = EffectiveSettings.of(session);
    if (output.json()) {
      settings.forEach(setting -> session.out().println(Json.line(Json.of(setting))));
      return ExitCode.OK;
    }
    Table table = new Table("variable", "value", "from");
    settings.forEach(
        each ->
            table.row(each.variable(), each.value() == null ? "-" : each.value(), each.source()));
    session.out().println(table.text(session.columns()));
    return ExitCode.OK;
  }
}

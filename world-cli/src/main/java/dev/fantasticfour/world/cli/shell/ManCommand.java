package dev.fantasticfour.world.cli.shell;

import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Session;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code world man}. */
@Command(
    name = "man",
    description = {
      "Print the manual page of all commands, for man to read:",
      "world man > ~/.local/share/man/man1/world.1"
    })
public final class ManCommand implements Callable<Integer> {

  private final Session session;
  private final Callable<String> version;
  private final Map<String, String> examples;
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and end")
  private boolean help;

  /**
   * @param version says the version of World
   * @param examples by the name of the command below {@code world}
   */
  public ManCommand(Session session, Callable<String> version, Map<String, String> examples) {
    this.session = session;
    this.version = version;
    this.examples = Map.copyOf(examples);
  }

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      return ExitCode.NOT_ASKED;
    }
    session.out().println(ManPage.of(spec.root().commandLine(), version.call(), examples));
    return ExitCode.OK;
  }
}

package dev.fantasticfour.world.cli.shell;

import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Session;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code world completion}. */
@Command(
    name = "completion",
    description = {
      "Print a script that has a shell complete commands, options and their words:",
      "source <(world completion bash), the same for zsh, and for fish",
      "world completion fish > ~/.config/fish/completions/world.fish"
    })
public final class CompletionCommand implements Callable<Integer> {

  /** For which there is one. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  private final Session session;
  @Spec private @Nullable CommandSpec spec;

  /** As they are typed. */
  private static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("bash", "zsh", "fish").iterator();
    }
  }

  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = Words.class,
      description = "bash, zsh or fish")
  private @Nullable Shell shell;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and end")
  private boolean help;

  public CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (spec == null || shell == null) {
      return ExitCode.NOT_ASKED;
    }
    CommandLine world = spec.root().commandLine();
    session
        .out()
        .println(
            switch (shell) {
              // The script brings what zsh needs to read completions of bash.
              case BASH, ZSH -> AutoComplete.bash("world", world);
              case FISH -> FishCompletion.of(world);
            });
    return ExitCode.OK;
  }
}

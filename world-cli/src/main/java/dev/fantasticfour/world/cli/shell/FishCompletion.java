package dev.fantasticfour.world.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completions of fish, which picocli does not write. */
final class FishCompletion {

  /** What was typed before, without options: exactly these words, or these and more. */
  private static final String HEAD =
      """
      # Completions of the world command; written by 'world completion fish'.
      function __world_words
          set -l words (commandline -opc)
          set -e words[1]
          string match -v -- '-*' $words
      end
      function __world_at
          test (string join ' ' -- (__world_words)) = "$argv"
      end
      function __world_under
          string match -q -- "$argv *" (string join ' ' -- (__world_words))' '
      end
      complete -c world -f
      """;

  private FishCompletion() {}

  static String of(CommandLine world) {
    List<String> lines = new ArrayList<>();
    add(lines, world, "");
    return HEAD + String.join("\n", lines);
  }

  private static void add(List<String> lines, CommandLine line, String path) {
    line.getSubcommands()
        .forEach(
            (name, below) -> {
              CommandSpec spec = below.getCommandSpec();
              if (!spec.usageMessage().hidden() && (path.isEmpty() || !name.equals("help"))) {
                lines.add(
                    "complete -c world -n '__world_at %s' -a %s -d %s"
                        .formatted(
                            path, name, quoted(first(List.of(spec.usageMessage().description())))));
                add(lines, below, (path + " " + name).strip());
              }
            });
    if (!path.isEmpty()) {
      line.getCommandSpec().options().forEach(option -> lines.add(option(option, path)));
    }
  }

  private static String option(OptionSpec option, String path) {
    StringBuilder text = new StringBuilder("complete -c world -n '__world_under " + path + "'");
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    if (option.arity().min() > 0) {
      text.append(" -x");
    }
    Iterable<String> candidates = option.completionCandidates();
    if (candidates != null) {
      String words =
          String.join(" ", StreamSupport.stream(candidates.spliterator(), false).toList());
      text.append(" -a ").append(quoted(words));
    }
    return text + " -d " + quoted(first(Described.lines(option)));
  }

  private static String first(List<String> lines) {
    return lines.isEmpty() ? "" : lines.getFirst();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}

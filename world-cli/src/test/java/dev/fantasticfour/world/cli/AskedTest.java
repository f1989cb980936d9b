package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.cli.session.Session;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A call makes the commands that it may mean, and nobody can tell that there are others. */
class AskedTest {

  private final Session session =
      new Session(
          Map.of(),
          new PrintWriter(new StringWriter()),
          new PrintWriter(new StringWriter()),
          OptionalInt.empty());

  private CommandLine called(String... words) {
    return Commands.of(session, Asked.by(words));
  }

  @Test
  void everyHelpIsWhatItIsWhereEveryCommandWasMade() {
    List<String> differing = new ArrayList<>();
    compare(Commands.of(session), List.of(), differing);
    assertThat(differing).isEmpty();
  }

  private void compare(CommandLine whole, List<String> words, List<String> differing) {
    List<String> typed = new ArrayList<>(words);
    typed.add("--help");
    CommandLine made = called(typed.toArray(String[]::new));
    for (String word : words) {
      made = made.getSubcommands().get(word);
    }
    if (!made.getUsageMessage().equals(whole.getUsageMessage())) {
      differing.add(String.join(" ", words));
    }
    whole
        .getSubcommands()
        .forEach(
            (word, below) -> {
              if (!word.equals("help")) {
                List<String> deeper = new ArrayList<>(words);
                deeper.add(word);
                compare(below, deeper, differing);
              }
            });
  }

  @Test
  void aCommandThatIsNamedIsMadeAlone() {
    CommandLine world = called("runs", "list", "--status", "count");
    assertThat(world.getSubcommands().keySet()).containsExactly("runs");
    assertThat(world.getSubcommands().get("runs").getSubcommands().keySet())
        .containsExactlyInAnyOrder("list", "help");
    assertThat(called("version", "--json").getSubcommands().keySet()).containsExactly("version");
  }

  @Test
  void whereNoneIsNamedTheGroupsAreEmpty() {
    CommandLine world = called("--help");
    assertThat(world.getSubcommands().keySet())
        .isEqualTo(Commands.of(session).getSubcommands().keySet());
    assertThat(world.getSubcommands().get("runs").getSubcommands().keySet())
        .containsExactly("help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run list",
        "runs lst --workflow count",
        "runs list --statsu failed",
        "queue",
        "-x"
      })
  void whatIsMisspeltIsRefusedInTheSameWords(String typed) {
    String[] words = typed.split(" ");
    assertThat(refusal(called(words), words)).isEqualTo(refusal(Commands.of(session), words));
  }

  private static String refusal(CommandLine line, String... words) {
    try {
      line.parseArgs(words);
      return "understood";
    } catch (ParameterException e) {
      return e.getMessage();
    }
  }
}

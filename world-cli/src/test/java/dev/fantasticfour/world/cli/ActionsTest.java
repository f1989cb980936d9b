package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fantasticfour.world.core.operate.Action;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What operators can do, a shell can do. */
class ActionsTest {

  private final Cli cli = new Cli(Map.of());

  private Map<String, JsonNode> commands() throws Exception {
    Map<String, JsonNode> commands = new HashMap<>();
    for (JsonNode command : cli.run("help", "--json").jsonLines()) {
      commands.put(command.get("command").textValue().substring("world ".length()), command);
    }
    return commands;
  }

  @Test
  void everyActionHasItsCommand() throws Exception {
    assertThat(Action.values()).isNotEmpty();
    assertThat(commands().keySet())
        .containsAll(Arrays.stream(Action.values()).map(Action::command).toList());
  }

  /**
   * Before a schema is there nobody can write down that it was made, nor of a restored one what
   * becomes of it before anybody uses it. Each run of many that are taken in is written down.
   */
  @Test
  void everyCommandThatChangesSomethingIsAnActionThatIsWrittenDown() {
    TreeSet<String> changing = new TreeSet<>(Protection.ACTIONS);
    changing.removeAll(List.of("migrate", "after-restore", "import"));
    assertThat(changing)
        .isEqualTo(
            new TreeSet<>(
                Arrays.stream(Action.values())
                    .filter(Action::isAudited)
                    .map(Action::command)
                    .toList()));
  }

  @Test
  void whoeverActsCanSayWhoTheyAre() throws Exception {
    Map<String, JsonNode> commands = commands();
    assertThat(Protection.ACTIONS)
        .allSatisfy(
            action -> assertThat(commands.get(action).toString()).as(action).contains("\"--as\""));
    assertThat(commands.get("runs list").toString()).doesNotContain("\"--as\"");
  }

  @Test
  void aNameThatSaysNothingIsRefusedBeforeAnybodyIsAsked() {
    Cli.Outcome outcome = cli.run("runs", "cancel", "wrun_1", "--as", " ");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains("--as");
  }

  @Test
  void aWordThatIsNoActionIsRefusedBeforeAnybodyIsAsked() {
    Cli.Outcome outcome = cli.run("audit", "--action", "cancle");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains("cancle", "cancel", "bulk-retry");
  }

  @Test
  void nothingIsDroppedUnasked() {
    Cli.Outcome outcome = cli.run("queue", "drop", "default", "msg_1");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains("--yes");
  }
}

package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings under names, and worlds in which nothing is changed by mistake (CLI-7, CLI-8). */
class ProfileTest {

  private static final String UNASKED = "WORKFLOW_POSTGRES_URL is not set";

  @TempDir Path home;
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void configure() throws IOException {
    Path file = home.resolve(".config/world/config.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        # With protected=true whatever changes something is asked for twice.
        prod.WORKFLOW_APPLICATION = shop
        prod.WORKFLOW_REDIS_URL = redis://:marker7@cache.example.com:6380
        prod.protected = true
        test.WORKFLOW_POSTGRES_URL = postgresql://ada:marker8@db.example.com/app
        odd.PATH = /bin
        vague.WORKFLOW_LEASE = PT5S
        vague.protected = perhaps
        """);
    variables.put("HOME", home.toString());
    variables.put("WORKFLOW_APPLICATION", "of the environment");
    variables.put("WORKFLOW_VAULT_TOKEN", "marker9");
  }

  private Cli cli() {
    return new Cli(variables);
  }

  private JsonNode setting(String name, String... command) throws Exception {
    return cli().run(command).jsonLines().stream()
        .filter(each -> each.get("variable").textValue().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aProfileIsWholeAndSaysWhereASettingComesFrom() throws Exception {
    JsonNode application = setting("WORKFLOW_APPLICATION", "config", "--json");
    assertThat(application.get("value").textValue()).isEqualTo("of the environment");
    assertThat(application.get("source").textValue()).isEqualTo("environment");
    application = setting("WORKFLOW_APPLICATION", "config", "--json", "--profile", "prod");
    assertThat(application.get("value").textValue()).isEqualTo("shop");
    assertThat(application.get("source").textValue()).isEqualTo("profile prod");
    JsonNode other = setting("WORKFLOW_APPLICATION", "config", "--json", "--profile=test");
    assertThat(other.get("source").textValue())
        .as("of the environment, not here")
        .isEqualTo("default");
    variables.put("WORLD_PROFILE", "prod");
    assertThat(setting("WORKFLOW_APPLICATION", "config", "--json").get("value").textValue())
        .isEqualTo("shop");
  }

  @Test
  void noSecretOfTheEnvironmentOrAProfileIsShown() {
    for (String profile : List.of("prod", "test")) {
      Cli.Outcome outcome = cli().run("config", "--profile", profile);
      assertThat(outcome.code()).isZero();
      assertThat(outcome.out()).contains("***").doesNotContain("marker");
    }
    assertThat(cli().run("config").out()).contains("WORKFLOW_VAULT_TOKEN").doesNotContain("marker");
  }

  @Test
  void everySettingThatIsReadIsShown() throws Exception {
    String source =
        Files.readString(
            Documents.ROOT.resolve(
                "world-api/src/main/java/dev/fantasticfour/world/api/config/Variables.java"));
    TreeSet<String> read = new TreeSet<>();
    Pattern.compile("\"(WORKFLOW_\\w+[A-Z])\"")
        .matcher(source)
        .results()
        .forEach(found -> read.add(found.group(1)));
    assertThat(read).hasSizeGreaterThan(10);
    assertThat(
            cli().run("config", "--json").jsonLines().stream()
                .map(each -> each.get("variable").textValue()))
        .containsAll(read);
  }

  @Test
  void whatIsNoProfileIsOneLine() {
    for (List<String> each :
        List.of(
            List.of("nope", "which has odd, prod, test, vague"),
            List.of("odd", "says PATH"),
            List.of("vague", "protected=true or protected=false"))) {
      Cli.Outcome outcome = cli().run("runs", "list", "--profile", each.getFirst());
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.lines()).hasSize(1);
      assertThat(outcome.err()).contains("profile '" + each.getFirst() + "'", each.getLast());
    }
    variables.put("XDG_CONFIG_HOME", home.resolve("elsewhere").toString());
    assertThat(cli().run("config", "--profile", "prod").err())
        .contains("cannot be read", "elsewhere");
  }

  @Test
  void inAProtectedWorldAnActionAsksForTheNameOfTheProfile() {
    Cli.Outcome refused = cli().run("runs", "terminate", "wrun_1", "--profile", "prod");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("profile 'prod' is protected", "--yes");
    Cli.Outcome mistyped = cli().typing("test", "runs", "terminate", "wrun_1", "--profile", "prod");
    assertThat(mistyped.code()).isEqualTo(2);
    assertThat(mistyped.err()).contains("type its name", "nothing was changed");
    // From here on it is asked, and there is no server.
    assertThat(cli().typing("prod\n", "runs", "terminate", "wrun_1", "--profile", "prod").err())
        .contains(UNASKED);
    assertThat(cli().run("runs", "terminate", "wrun_1", "--yes", "--profile", "prod").err())
        .contains(UNASKED);
    assertThat(cli().run("runs", "list", "--profile", "prod").err()).contains(UNASKED);
    assertThat(cli().run("runs", "terminate", "--help", "--profile", "prod").code()).isZero();
  }

  /** A command that is added has to be put on one side or the other. */
  @Test
  void everyCommandEitherReadsOrIsAnAction() throws Exception {
    TreeSet<String> commands = new TreeSet<>();
    for (JsonNode command : cli().run("help", "--json").jsonLines()) {
      commands.add(command.get("command").textValue().substring("world ".length()));
    }
    commands.removeAll(Protection.ACTIONS);
    assertThat(commands)
        .containsExactly(
            "attributes list",
            "audit",
            "builds",
            "changes list",
            "completion",
            "config",
            "demo",
            "dev",
            "doctor",
            "export",
            "help",
            "hooks list",
            "init",
            "man",
            "queue dead",
            "queue list",
            "queue stats",
            "replay",
            "retention show",
            "runs count",
            "runs events",
            "runs export",
            "runs failures",
            "runs list",
            "runs result",
            "runs show",
            "runs steps",
            "runs tail",
            "runs timeline",
            "runs watch",
            "streams list",
            "streams tail",
            "version",
            "waits",
            "workers list");
  }
}

package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.EmbeddedServers;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.embedded.Services;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command line of the documents, run as it stands against real servers and a worker; a name
 * in angle brackets stands for a run, a token, a workflow or a stream that there is.
 */
@Timeout(120)
class DocumentedCommandsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final WorkflowType<Object, String> ORDER =
      WorkflowType.of("order", Object.class, String.class);
  private static final HookType<Object> APPROVAL = HookType.of("approval", Object.class);
  private static final StreamType<String> PROGRESS = StreamType.of("progress", String.class);

  private static Cli cli = new Cli(Map.of());
  private static World world;

  @BeforeAll
  static void start() {
    Map<String, String> variables = new HashMap<>();
    variables.put(WorldConfig.POSTGRES_URL, Services.postgres().freshDatabase());
    variables.put(WorldConfig.REDIS_URL, Services.redis().url());
    variables.put("WORKFLOW_POSTGRES_JOB_PREFIX", "docs_" + UUID.randomUUID() + "_");
    cli = new Cli(variables);
    assertThat(cli.run("migrate").code()).isZero();
    world =
        World.create(
            WorldConfig.from(variables),
            w ->
                w.register(
                    ORDER,
                    (ctx, order) -> {
                      ctx.step(
                          "pack",
                          Boolean.class,
                          step -> {
                            step.stream(PROGRESS).write("packed");
                            return true;
                          });
                      try (Hook<Object> hook = ctx.hook(APPROVAL, "order-" + ctx.uuid())) {
                        return "answered: " + hook.await();
                      }
                    }));
    world.start();
  }

  @AfterAll
  static void stop() {
    if (world != null) {
      world.close(Duration.ofSeconds(2));
    }
  }

  static List<Documents.CommandLine> commandLines() {
    return Documents.commandLines();
  }

  @ParameterizedTest
  @MethodSource("commandLines")
  void itDoesWhatItSays(Documents.CommandLine line) throws Exception {
    String text = line.text();
    switch (text.split(" ", 3)[0]) {
      case "./world" -> ours(text.substring("./world ".length()));
      case "export" -> assertVariablesAreKnown(text);
      // The build itself, and the stranger's project, which StrangerIT runs.
      case "mvn" -> assertThat(text).matches("mvn (-B verify|-q compile exec:java|install .*)");
      default -> throw new AssertionError("nobody runs: " + line);
    }
  }

  private static void ours(String command) throws Exception {
    switch (command.split(" ", 2)[0]) {
      // Behind the same launcher: their own tests run them.
      case "bench", "example" -> {}
      // They start servers, write files, need an application or want no worker, and tests of their
      // own run them: here they have to be understood.
      case "demo", "dev", "init", "replay", "after-restore", "export", "import" ->
          assertUnderstood(command);
      default -> {
        if (command.startsWith("runs import")) {
          assertUnderstood(command);
        } else {
          run(command);
        }
      }
    }
  }

  private static void run(String command) throws Exception {
    List<String> words = new ArrayList<>();
    Run<String> run = start(command);
    String token = run.awaitHook(APPROVAL, PATIENCE);
    if (command.matches("(streams tail|runs (watch|result|tail)).*")) {
      // It ends with the run.
      world.client().resume(APPROVAL, token, Map.of("granted", true));
      run.result(PATIENCE);
    }
    if (command.matches("runs (retry|fork).*")) {
      run.terminate("by mistake");
    }
    for (String word : words(command)) {
      words.add(
          switch (word) {
            case "<run>" -> run.id();
            case "<token>" -> token;
            case "<workflow>" -> "order";
            case "<stream>" -> "progress";
            case "<message>" -> "msg_nobody";
            default -> word;
          });
    }
    Cli.Outcome outcome = cli.run(words.toArray(String[]::new));
    // A run that goes on well has nothing to be tried again for, which is an answer too, and so is
    // that nothing more comes.
    boolean mayBeNo =
        command.matches("(runs (nudge|erase|keep|pause|resume)|queue drop).*")
            || command.contains("--patience 0");
    int most = mayBeNo ? ExitCode.NO : ExitCode.OK;
    assertThat(outcome.code())
        .as(command + "\n" + outcome.out() + outcome.err())
        .isLessThanOrEqualTo(most);
  }

  /** The order that the command asks for by its key, where it does: not by one that was ended. */
  private static Run<String> start(String command) {
    Matcher keyed = Pattern.compile("runs \\w+ --key (\\S+) .*").matcher(command);
    return world
        .client()
        .start(
            ORDER, Map.of("customer", "Ada"), o -> keyed.matches() ? o.runKey(keyed.group(1)) : o);
  }

  private static void assertUnderstood(String command) {
    Session session =
        new Session(
            Map.of(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            OptionalInt.empty());
    Commands.of(session).parseArgs(words(command).toArray(String[]::new));
  }

  /** One that is misspelt would be refused, or be left for adapters that World does not know. */
  private static void assertVariablesAreKnown(String export) {
    Map<String, String> variables = new HashMap<>();
    for (String word : words(export.substring("export ".length()))) {
      String[] parts = word.split("=", 2);
      // Whoever reads the word starts servers, which tests of their own do.
      if (!parts[1].equals(EmbeddedServers.WORD)) {
        variables.put(parts[0], parts[1]);
      }
    }
    assertThat(WorldConfig.from(variables).settings()).isEmpty();
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("'([^']*)'|(\\S+)").matcher(command);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }
}

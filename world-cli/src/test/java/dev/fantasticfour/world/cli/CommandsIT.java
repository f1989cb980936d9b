package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.embedded.Services;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a real PostgreSQL and a real Redis, with a worker in this process. */
@Timeout(60)
class CommandsIT {

  private static final WorkflowType<String, String> GREETING =
      WorkflowType.of("greeting", String.class, String.class);
  private static final HookType<String> ANSWER = HookType.of("answer", String.class);
  private static final StreamType<String> WORDS = StreamType.of("words", String.class);

  private static final Map<String, String> VARIABLES = new HashMap<>();
  private static Cli cli = new Cli(Map.of());
  private static World world;

  @BeforeAll
  static void start() {
    VARIABLES.put(WorldConfig.POSTGRES_URL, Services.postgres().freshDatabase());
    VARIABLES.put(WorldConfig.REDIS_URL, Services.redis().url());
    VARIABLES.put("WORKFLOW_POSTGRES_JOB_PREFIX", "cli_" + UUID.randomUUID() + "_");
    cli = new Cli(VARIABLES);
    assertThat(cli.run("runs", "list").err()).contains("run 'world migrate'");
    assertThat(cli.run("doctor").code()).isEqualTo(1);
    migrateFiveTimesAtOnce();
    world =
        World.create(
            WorldConfig.from(VARIABLES),
            w ->
                w.register(
                    GREETING,
                    (ctx, name) -> {
                      ctx.step(
                          "say",
                          String.class,
                          s -> {
                            s.stream(WORDS).writeAll(List.of("hello", name));
                            return name;
                          });
                      if (name.equals("nobody")) {
                        throw new IllegalStateException("nobody is there");
                      }
                      try (Hook<String> hook = ctx.hook(ANSWER, "answer-" + name)) {
                        return name + " says " + hook.await();
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

  private static void migrateFiveTimesAtOnce() {
    List<Callable<Cli.Outcome>> five = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      five.add(() -> cli.run("migrate", "--json"));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(5)) {
      int applied = 0;
      for (Future<Cli.Outcome> future : threads.invokeAll(five)) {
        Cli.Outcome outcome = future.get();
        assertThat(outcome.code()).as(outcome.err()).isZero();
        applied = Math.max(applied, outcome.json().get("applied").intValue());
      }
      assertThat(applied).isPositive();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void migrateAgainHasNothingToDo() throws Exception {
    Cli.Outcome outcome = cli.run("migrate", "--json");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.json().get("applied").intValue()).isZero();
    assertThat(cli.run("migrate").out()).contains("nothing was to do");
  }

  @Test
  void doctorIsContent() throws Exception {
    Cli.Outcome outcome = cli.run("doctor", "--json");
    assertThat(outcome.json().get("ok").booleanValue()).as(outcome.out()).isTrue();
    assertThat(outcome.code()).isZero();
  }

  @Test
  void aBuildIsMissedUntilItsRunsArePinnedOtherwise() throws Exception {
    String run =
        cli.run("runs", "start", "greeting", "\"eve\"", "--pin", "gone", "--json")
            .json()
            .get("run")
            .textValue();
    assertThat(cli.run("runs", "show", run).out()).contains("gone");
    JsonNode waiting = build("gone");
    assertThat(waiting.get("workers").intValue()).isZero();
    assertThat(waiting.get("pinnedRuns").intValue()).isEqualTo(1);

    assertThat(cli.run("runs", "repin", "--to", "auto").err()).contains("--workflow", "--from");
    Cli.Outcome unknown = cli.run("runs", "repin", "--from", "gone", "--to", "nobody");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("no worker of build 'nobody'");
    Cli.Outcome tried =
        cli.run("runs", "repin", "--from", "gone", "--to", "auto", "--dry-run", "--json");
    assertThat(tried.json().get("matched").intValue()).isEqualTo(1);
    assertThat(tried.json().get("repinned").intValue()).isZero();
    assertThat(tried.json().get("first").get(0).textValue()).isEqualTo(run);

    Cli.Outcome done = cli.run("runs", "repin", "--from", "gone", "--to", "auto", "--json");
    assertThat(done.json().get("repinned").intValue()).isEqualTo(1);
    world.client().run(run).awaitHook(ANSWER, Duration.ofSeconds(20));
    assertThat(cli.run("hooks", "resume", "answer-eve", "\"hi\"").code()).isZero();
    assertThat(world.client().run(run).result(Duration.ofSeconds(20)).text()).contains("eve");
  }

  @Test
  void aBuildIsDrainedAndIsNotAnyMore() throws Exception {
    assertThat(
            cli.run("builds", "drain", "last-year", "--json").json().get("changed").booleanValue())
        .isTrue();
    assertThat(build("last-year").get("state").textValue()).isEqualTo("drained");
    assertThat(cli.run("builds").out()).contains("last-year", "drained");
    assertThat(cli.run("builds", "drain", "last-year").out()).contains("drained already");
    assertThat(cli.run("builds", "undrain", "last-year").code()).isZero();
    assertThat(cli.run("builds").out()).doesNotContain("last-year");
    assertThat(cli.run("changes", "list").out()).contains("no change was marked");
  }

  @Test
  void aRetentionIsSetAndSeenAndWhatIsKeptOrErasedIsNamed() throws Exception {
    assertThat(cli.run("retention", "show").out()).contains("off: all runs are kept");
    String run =
        cli.run("runs", "start", "greeting", "\"nobody\"", "--json").json().get("run").textValue();
    assertThatThrownBy(() -> world.client().run(run).result(Duration.ofSeconds(20)))
        .hasMessageContaining("nobody is there");

    assertThat(cli.run("retention", "set", "failed=4000d", "--workflow", "greeting").code())
        .isZero();
    assertThat(cli.run("retention", "show").out()).contains("greeting", "failed=4000d");
    JsonNode shown = cli.run("retention", "show", "--json").json();
    assertThat(shown.get("rules").get("greeting").textValue())
        .isEqualTo("completed=forever,failed=4000d,cancelled=forever");
    assertThat(cli.run("doctor").out()).contains("greeting:completed=forever,failed=4000d");
    assertThat(cli.run("retention", "run", "--dry-run").out()).contains("0 would go");
    assertThat(cli.run("retention", "run").out()).contains("0 deleted");
    assertThat(cli.run("retention", "set", "off", "--workflow", "greeting").code()).isZero();
    assertThat(cli.run("retention", "show").out()).contains("off");

    assertThat(cli.run("runs", "keep", run).out()).contains(run + " is kept");
    assertThat(cli.run("runs", "keep", run, "--no-longer").code()).isZero();
    assertThat(cli.run("runs", "keep", "wrun_none").code()).isEqualTo(1);
    assertThat(cli.run("runs", "show", run).out()).contains("nobody is there");
    assertThat(cli.run("runs", "erase", run).out()).contains(run + " is erased");
    assertThat(cli.run("runs", "show", run).out()).doesNotContain("nobody is there");
    assertThat(cli.run("runs", "erase", "wrun_none").code()).isEqualTo(1);
  }

  private static JsonNode build(String id) throws Exception {
    for (String line : cli.run("builds", "--json").out().lines().toList()) {
      JsonNode node = new ObjectMapper().readTree(line);
      if (node.get("build").textValue().equals(id)) {
        return node;
      }
    }
    throw new AssertionError("there is no build " + id);
  }

  @Test
  void aRunIsStartedSeenToldAndRead() throws Exception {
    String run =
        cli.run("runs", "start", "greeting", "\"ada\"", "--attribute", "team=a", "--json")
            .json()
            .get("run")
            .textValue();
    world.client().run(run).awaitHook(ANSWER, Duration.ofSeconds(20));

    JsonNode hook = cli.run("hooks", "list", "--run", run, "--json").json();
    assertThat(hook.get("token").textValue()).isEqualTo("answer-ada");
    assertThat(cli.run("hooks", "list").out()).contains("answer-ada");

    Cli.Outcome told = cli.run("hooks", "resume", "answer-ada", "\"hi\"", "--json");
    assertThat(told.json().get("run").textValue()).isEqualTo(run);
    assertThat(world.client().run(run).result(Duration.ofSeconds(20)).text())
        .isEqualTo("\"ada says hi\"");

    JsonNode shown = cli.run("runs", "show", run, "--json").json();
    assertThat(shown.get("doing").textValue()).isEqualTo("completed");
    assertThat(shown.get("output").textValue()).isEqualTo("ada says hi");
    assertThat(shown.get("steps").get(0).get("name").textValue()).isEqualTo("say");
    assertThat(shown.get("events")).hasSizeGreaterThan(3);
    assertThat(cli.run("runs", "show", run, "--events").out())
        .contains("ada says hi", "run_created", "run_completed");

    JsonNode listed =
        cli.run("runs", "list", "--attribute", "team=a", "--status", "completed", "--json").json();
    assertThat(listed.get("id").textValue()).isEqualTo(run);
    // Not null: a run without input would look the same.
    assertThat(listed.has("input") || listed.has("output") || listed.has("error")).isFalse();

    assertThat(cli.run("streams", "list", run).out().strip()).isEqualTo("words");
    assertThat(cli.run("streams", "tail", run, "words", "--json").out().lines())
        .containsExactly(
            "{\"index\":0,\"chunk\":\"hello\"}",
            "{\"index\":1,\"chunk\":\"ada\"}",
            "{\"end\":true}");

    assertThat(cli.run("runs", "cancel", run).code()).isEqualTo(1);
    assertThat(cli.run("runs", "terminate", run, "--json").code()).isEqualTo(1);
  }

  @Test
  void startAndWaitTellsHowItEnded() {
    Cli.Outcome failed = cli.run("runs", "start", "greeting", "\"nobody\"", "--wait", "20");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err().lines()).hasSize(1);
    assertThat(failed.err()).contains("nobody is there");
    assertThat(failed.out()).as("which run it was").startsWith("wrun_");
  }

  @Test
  void whatWasStartedIsSaidBeforeItIsWaitedFor() throws Exception {
    Cli.Outcome outcome = cli.run("runs", "start", "greeting", "\"dee\"", "--wait", "0", "--json");
    assertThat(outcome.code()).isEqualTo(1);
    String run = outcome.json().get("run").textValue();
    assertThat(cli.run("runs", "terminate", run).code()).isZero();
  }

  @Test
  void aListIsALinePerItemAndSaysHowToGoOn() throws Exception {
    for (String key : List.of("x1", "x2", "x3")) {
      cli.run("runs", "start", "nobody knows it", "--key", key);
    }
    Cli.Outcome first =
        cli.run("runs", "list", "--workflow", "nobody knows it", "--limit", "2", "--json");
    assertThat(first.jsonLines()).hasSize(3);
    String cursor = first.jsonLines().getLast().get("cursor").textValue();
    JsonNode last =
        cli.run(
                "runs",
                "list",
                "--workflow",
                "nobody knows it",
                "--limit",
                "2",
                "--json",
                "--cursor",
                cursor)
            .json();
    assertThat(last.get("workflow").textValue()).isEqualTo("nobody knows it");
    for (JsonNode run :
        cli.run("runs", "list", "--workflow", "nobody knows it", "--json").jsonLines()) {
      assertThat(cli.run("runs", "terminate", run.get("id").textValue()).code()).isZero();
    }
  }

  @Test
  void anAtSignNamesNoFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "what is in the file");
    Cli.Outcome outcome = cli.run("hooks", "resume", "@" + file, "1");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).doesNotContain("what is in the file");
  }

  @Test
  void whoReadsNoMoreEndsATailThatWouldGoOn() throws Exception {
    String run = cli.run("runs", "start", "greeting", "\"eve\"").out().strip();
    PrintWriter gone =
        new PrintWriter(
            new WatchedStream(
                new OutputStream() {
                  @Override
                  public void write(int b) throws IOException {
                    throw new IOException("Broken pipe");
                  }
                }));
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            new String[] {"streams", "tail", run, "words"},
            VARIABLES,
            gone,
            new PrintWriter(err),
            OptionalInt.empty(),
            null);
    // The run waits at its hook, so that its stream has no end.
    assertThat(code).as(err.toString()).isEqualTo(2);
    assertThat(cli.run("runs", "terminate", run).code()).isZero();
  }

  @Test
  void theSameKeyGivesTheSameRunAndAnotherInputIsRefused() {
    String first = cli.run("runs", "start", "greeting", "\"bo\"", "--key", "k").out();
    assertThat(cli.run("runs", "start", "greeting", "\"bo\"", "--key", "k").out()).isEqualTo(first);
    Cli.Outcome other = cli.run("runs", "start", "greeting", "\"cy\"", "--key", "k");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err().lines()).hasSize(1);
    assertThat(cli.run("runs", "wake", first.strip(), "--json").code()).isZero();
    assertThat(cli.run("runs", "terminate", first.strip()).code()).isZero();
  }

  @Test
  void aSignalIsSentOnceUnderItsIdAndNotToWhatHasEnded() throws Exception {
    String run = cli.run("runs", "start", "greeting", "\"fay\"").out().strip();
    for (int i = 0; i < 2; i++) {
      Cli.Outcome sent = cli.run("runs", "signal", run, "add", "\"tea\"", "--id", "a", "--json");
      assertThat(sent.json().get("run").textValue()).isEqualTo(run);
    }
    long signals =
        world.client().events(run, PageRequest.oldestFirst()).items().stream()
            .filter(event -> event.type() == EventType.SIGNAL_RECEIVED)
            .count();
    assertThat(signals).isEqualTo(1);
    assertThat(cli.run("runs", "signal", run, "add", "{tea").code()).isEqualTo(2);
    assertThat(cli.run("runs", "terminate", run).code()).isZero();

    Cli.Outcome late = cli.run("runs", "signal", run, "add");
    assertThat(late.code()).isEqualTo(1);
    assertThat(late.lines()).hasSize(1);
    assertThat(late.err()).contains("signal 'add' was not sent", run);
  }

  @Test
  void whatIsNotThereIsExitCode1() {
    assertThat(cli.run("runs", "show", "wrun_none").code()).isEqualTo(1);
    assertThat(cli.run("hooks", "resume", "nobody", "1").code()).isEqualTo(1);
    assertThat(cli.run("runs", "signal", "wrun_none", "add").code()).isEqualTo(1);
    assertThat(cli.run("streams", "tail", "wrun_none", "x").code()).isEqualTo(1);
    assertThat(cli.run("queue", "revive", "default", "msg_none").code()).isEqualTo(1);
    Cli.Outcome outcome = cli.run("runs", "cancel", "wrun_none");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.lines()).hasSize(1);
  }

  @Test
  void theQueueTellsItsDepth() throws Exception {
    JsonNode stats = cli.run("queue", "stats", "--json").json();
    assertThat(stats.get("queue").textValue()).isEqualTo("default");
    assertThat(stats.get("dead").longValue()).isZero();
    assertThat(cli.run("queue", "dead").out().strip()).isEqualTo("no dead letters");
  }

  @Test
  void aWrongPasswordIsOneLine() {
    Map<String, String> variables = new HashMap<>(VARIABLES);
    variables.compute(
        WorldConfig.POSTGRES_URL, (k, url) -> url.replaceFirst("://[^@]+@", "://ada:battery@"));
    Cli.Outcome outcome = new Cli(variables).run("runs", "list");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains("WORKFLOW_POSTGRES_URL").doesNotContain("battery");
  }
}

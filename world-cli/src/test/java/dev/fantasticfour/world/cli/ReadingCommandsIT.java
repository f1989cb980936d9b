package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.RetryableException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.embedded.Services;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is read of runs, on real servers and with a worker in this process (CLI-2, -4, -5, -9). */
@Timeout(60)
class ReadingCommandsIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final WorkflowType<String, Object> TRADE =
      WorkflowType.of("trade", String.class, Object.class);
  private static final HookType<String> ANSWER = HookType.of("answer", String.class);

  private static Cli cli = new Cli(Map.of());
  private static World world;
  private static Run<?> done;
  private static Run<?> failed;
  private static Run<?> cancelled;
  private static Run<?> open;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> variables = new HashMap<>();
    variables.put(WorldConfig.POSTGRES_URL, Services.postgres().freshDatabase());
    variables.put(WorldConfig.REDIS_URL, Services.redis().url());
    variables.put("WORKFLOW_POSTGRES_JOB_PREFIX", "reading_" + UUID.randomUUID() + "_");
    cli = new Cli(variables);
    assertThat(cli.run("migrate").code()).isZero();
    world =
        World.create(WorldConfig.from(variables), w -> w.register(TRADE, ReadingCommandsIT::trade));
    world.start();
    done = world.client().start(TRADE, "done", o -> o.runKey("k-done"));
    failed = world.client().start(TRADE, "fail");
    cancelled = world.client().start(TRADE, "wait");
    open = world.client().start(TRADE, "wait");
    cancelled.awaitHook(ANSWER, SOON);
    cancelled.terminate("nobody wants it");
    open.awaitHook(ANSWER, SOON);
    done.result(SOON);
    ended(failed);
  }

  private static Object trade(WorkflowContext ctx, String how) {
    int[] attempts = new int[1];
    ctx.step(
        "price",
        String.class,
        step -> {
          attempts[0]++;
          if (how.equals("done") && attempts[0] < 3) {
            throw new RetryableException("the market is closed", Duration.ofMillis(1));
          }
          return "7";
        });
    if (how.equals("fail")) {
      throw new IllegalStateException("no such share");
    }
    if (how.equals("wait")) {
      try (Hook<String> hook = ctx.hook(ANSWER, "answer-" + ctx.runId())) {
        return Map.of("answer", hook.await(Duration.ofDays(3)).orElse("none"));
      }
    }
    return Map.of("price", "7");
  }

  private static void ended(Run<?> run) {
    try {
      run.result(SOON);
    } catch (WorldException e) {
      assertThat(run.view().run().status().isFinal()).isTrue();
    }
  }

  @AfterAll
  static void stop() {
    if (world != null) {
      world.close(Duration.ofSeconds(2));
    }
  }

  @Test
  void aResultIsTheDocumentAloneAndItsCodeSaysHowTheRunIs() throws Exception {
    Cli.Outcome completed = cli.run("runs", "result", done.id(), "--json");
    assertThat(completed.code()).isZero();
    assertThat(completed.out()).isEqualTo("{\"price\":\"7\"}\n");
    assertThat(completed.err()).isEmpty();
    Cli.Outcome byKey = cli.run("runs", "result", "--key", "k-done", "--workflow", "trade");
    assertThat(new ObjectMapper().readTree(byKey.out())).isEqualTo(completed.json());

    Cli.Outcome ofFailed = cli.run("runs", "result", failed.id());
    assertThat(ofFailed.code()).isEqualTo(1);
    assertThat(ofFailed.out()).isEmpty();
    assertThat(ofFailed.err()).contains("no such share");
    Cli.Outcome ofCancelled = cli.run("runs", "result", cancelled.id());
    assertThat(ofCancelled.code()).isEqualTo(1);
    assertThat(ofCancelled.err()).contains("nobody wants it");

    Cli.Outcome notYet = cli.run("runs", "result", open.id(), "--wait", "10ms");
    assertThat(notYet.code()).isEqualTo(3);
    assertThat(notYet.out()).isEmpty();
    assertThat(notYet.err().lines()).hasSize(1);

    assertThat(cli.run("runs", "result").code()).isEqualTo(2);
    assertThat(cli.run("runs", "result", done.id(), "--wait", "soon").code()).isEqualTo(2);
    assertThat(cli.run("runs", "result", "--key", "k-none", "--workflow", "trade").code())
        .isEqualTo(1);
  }

  @Test
  void aRunIsNamedByItsKeyWhereverItIsByItsId() {
    String[] key = {"--key", "k-done", "--workflow", "trade"};
    for (String command :
        List.of(
            "runs show --json",
            "runs events",
            "runs steps",
            "runs watch",
            "runs export",
            "runs result",
            "waits",
            "streams list --json")) {
      assertThat(byKey(command, key).out()).as(command).isEqualTo(byId(command));
    }
    assertThat(byKey("runs timeline", key).code()).isZero();
    assertThat(byKey("hooks list", key).out().strip()).isEqualTo("no hooks");
    assertThat(byKey("runs keep", key).out()).contains(done.id() + " is kept");
    assertThat(byKey("runs keep --no-longer", key).code()).isZero();
    assertThat(byKey("runs nudge", key).out()).contains(done.id() + " does not stand");
    assertThat(byKey("runs wake any", key).err()).isEqualTo(told("runs", "wake", done.id(), "any"));
    assertThat(byKey("runs signal add 7", key).err())
        .isEqualTo(told("runs", "signal", done.id(), "add", "7"))
        .contains("has ended");
    assertThat(byKey("streams tail words", key).out()).isEqualTo("-- end\n");
    Cli.Outcome unknown = byKey("runs erase", "--key", "k-none", "--workflow", "trade");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("no run of workflow 'trade' has run key 'k-none'");
  }

  private static Cli.Outcome byKey(String command, String... key) {
    return cli.run(
        Stream.concat(Stream.of(command.split(" ")), Stream.of(key)).toArray(String[]::new));
  }

  private static String byId(String command) {
    return byKey(command, done.id()).out();
  }

  private static String told(String... command) {
    return cli.run(command).err();
  }

  @Test
  void aLogThatIsWatchedHasEveryPositionOnce() throws Exception {
    long last = done.view().run().lastPosition();
    Cli.Outcome whole = cli.run("runs", "watch", done.id(), "--json");
    assertThat(whole.code()).as(whole.err()).isZero();
    assertThat(positions(whole)).isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
    Cli.Outcome rest = cli.run("runs", "watch", done.id(), "--after", "2", "--json");
    assertThat(positions(rest)).isEqualTo(LongStream.rangeClosed(3, last).boxed().toList());
    assertThat(cli.run("runs", "watch", done.id()).out())
        .contains("step_retrying", "attempt 1", "the market is closed", "run_completed");
    Cli.Outcome givenUp = cli.run("runs", "watch", open.id(), "--patience", "0");
    assertThat(givenUp.code()).isEqualTo(1);
    assertThat(givenUp.out()).contains("hook_created").doesNotContain("answer-");
    assertThat(cli.run("runs", "watch", "wrun_none").code()).isEqualTo(1);
  }

  private static List<Long> positions(Cli.Outcome outcome) throws Exception {
    return outcome.jsonLines().stream().map(line -> line.get("position").longValue()).toList();
  }

  @Test
  void aTailTellsEachEndOnceAndGoesOnWhereItWas() throws Exception {
    Cli.Outcome all =
        cli.run(
            "runs",
            "tail",
            "--workflow",
            "trade",
            "--ended-since",
            "1h",
            "--patience",
            "0",
            "--json");
    assertThat(all.code()).as(all.err()).isEqualTo(1);
    List<JsonNode> ends = all.jsonLines();
    assertThat(ends)
        .map(end -> end.get("id").textValue())
        .contains(done.id(), failed.id(), cancelled.id())
        .doesNotContain(open.id())
        .doesNotHaveDuplicates();
    Cli.Outcome unbounded = cli.run("runs", "tail", "--patience", "0");
    assertThat(unbounded.code()).isEqualTo(2);
    assertThat(unbounded.err()).contains("attributes index --ended");
    Cli.Outcome limited =
        cli.run(
            "runs",
            "tail",
            "--workflow",
            "trade",
            "--ended-since",
            "1h",
            "--status",
            "failed",
            "--limit",
            "1");
    assertThat(limited.code()).isZero();
    assertThat(limited.out()).contains("failed", failed.id(), "trade");
    String from = ends.getLast().get("completedAt").textValue();
    assertThat(
            cli.run(
                    "runs",
                    "tail",
                    "--where",
                    "workflow=trade ended-since=" + from,
                    "--patience",
                    "0",
                    "--json")
                .out())
        .contains(ends.getLast().get("id").textValue());
    assertThat(cli.run("runs", "tail", "--ended-before", "1h").code()).isEqualTo(2);
  }

  @Test
  void runsAreCountedAndFailuresGrouped() throws Exception {
    assertThat(cli.run("runs", "count", "--where", "status=failed workflow=trade").out().strip())
        .isEqualTo("1");
    assertThat(cli.run("runs", "count", "--since", "1h", "--json").json().get("more").asBoolean())
        .isFalse();
    JsonNode group = cli.run("runs", "failures", "--since", "1h", "--json").json();
    assertThat(group.get("workflow").textValue()).isEqualTo("trade");
    assertThat(group.get("runs").longValue()).isEqualTo(1);
    assertThat(group.get("example").textValue()).isEqualTo(failed.id());
    assertThat(group.get("message").textValue()).contains("no such share");
    assertThat(cli.run("runs", "failures", "--group-by", "queue,build").out())
        .contains("default", failed.id());
    assertThat(cli.run("runs", "failures", "--workflow", "nothing").out().strip())
        .isEqualTo("no failures");
  }

  @Test
  void theLineOfATimelineShowsAttempts() {
    Cli.Outcome timeline = cli.onTerminal(OptionalInt.of(80), "runs", "timeline", done.id());
    assertThat(timeline.code()).as(timeline.err()).isZero();
    assertThat(timeline.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(timeline.out()).contains("trade", "price", "3 attempts", "x", "completed");
    assertThat(cli.run("runs", "timeline", "wrun_none").code()).isEqualTo(1);
  }

  @Test
  void whatARunWaitsForAndWhoExecutesItIsListed() throws Exception {
    JsonNode wait = cli.run("waits", open.id(), "--json").json();
    assertThat(wait.get("status").textValue()).isEqualTo("waiting");
    assertThat(cli.run("waits", open.id()).out()).contains("over at");
    assertThat(cli.run("waits", done.id()).out().strip()).isEqualTo("no waits");
    JsonNode worker = cli.run("workers", "list", "--json").json();
    assertThat(worker.get("state").textValue()).isEqualTo("lives");
    assertThat(worker.get("runs").longValue()).isPositive();
    assertThat(cli.run("workers", "list", "--all").out()).contains("lives", "lease left");
    assertThat(
            cli.run("queue", "revive", "default", "--all", "--json").json().get("revived").asInt())
        .isZero();
  }

  @Test
  void everyLineOfAListIsAsItsSchemaSays() throws Exception {
    assertFits("run", 4, "runs", "list", "--json");
    assertFits(
        "run",
        3,
        "runs",
        "tail",
        "--workflow",
        "trade",
        "--ended-since",
        "1h",
        "--patience",
        "0",
        "--json");
    assertFits("event", 5, "runs", "events", done.id(), "--json");
    assertFits("event", 4, "runs", "events", open.id(), "--json");
    assertFits("step", 1, "runs", "steps", done.id(), "--json");
    assertFits("hook", 1, "hooks", "list", "--json");
    assertFits("wait", 1, "waits", open.id(), "--json");
    assertFits("worker", 1, "workers", "list", "--json");
    assertFits("setting", 18, "config", "--json");
  }

  private static void assertFits(String schema, int least, String... command) throws Exception {
    List<JsonNode> lines = cli.run(command).jsonLines();
    assertThat(lines).as(String.join(" ", command)).hasSizeGreaterThanOrEqualTo(least);
    for (JsonNode line : lines) {
      assertThat(SchemaCheck.faults(schema, line)).as(String.join(" ", command)).isEmpty();
    }
  }

  @Test
  void aListThatIsCutSaysSo() throws Exception {
    Cli.Outcome events = cli.run("runs", "events", done.id(), "--limit", "2");
    assertThat(events.out()).contains("more with --cursor ");
    List<JsonNode> lines =
        cli.run("runs", "events", done.id(), "--limit", "2", "--json").jsonLines();
    assertThat(lines).hasSize(3);
    String cursor = lines.getLast().get("cursor").textValue();
    assertThat(
            cli.run("runs", "events", done.id(), "--limit", "2", "--json", "--cursor", cursor)
                .jsonLines()
                .getFirst()
                .get("position")
                .asLong())
        .isEqualTo(3);
  }

  @Test
  void aWatchedListIsShownUntilNobodyReads() {
    StringBuilder shown = new StringBuilder();
    PrintWriter twice =
        new PrintWriter(
            new WatchedStream(
                new OutputStream() {
                  @Override
                  public void write(int b) throws IOException {
                    if (shown.toString().split("at \\d\\d:").length > 2) {
                      throw new IOException("Broken pipe");
                    }
                    shown.append((char) b);
                  }
                }),
            false,
            StandardCharsets.UTF_8);
    int code =
        Main.run(
            new String[] {"runs", "list", "--watch", "1ms"},
            cli.variables(),
            twice,
            new PrintWriter(new StringWriter()),
            OptionalInt.empty(),
            null);
    assertThat(code).isEqualTo(2);
    assertThat(shown.toString()).contains("workflow", done.id());
    assertThat(cli.run("runs", "list", "--watch", "--json").code()).isEqualTo(2);
  }

  @Test
  void theKeysOfADiagnosisAreStable() throws Exception {
    JsonNode doctor = cli.run("doctor", "--json").json();
    assertThat(names(doctor)).containsExactlyInAnyOrder("ok", "checks");
    for (JsonNode check : doctor.get("checks")) {
      assertThat(names(check)).containsExactlyInAnyOrder("check", "level", "found", "advice");
    }
  }

  private static Set<String> names(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }
}

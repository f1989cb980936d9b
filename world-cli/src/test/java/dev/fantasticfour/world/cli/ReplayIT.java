package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.embedded.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Open runs on a real PostgreSQL, told to applications that this process was not begun with. */
@Timeout(60)
class ReplayIT {

  private static final HookType<String> ANSWER = HookType.of("answer", String.class);

  /** What the workers execute, and version 1 of the application does the same. */
  private static final String SAME = "ctx.step(\"total\", String.class, s -> body());";

  @TempDir private static Path folder = Path.of("");
  private static Cli cli = new Cli(Map.of());
  private static World world;
  private static Run<Payload> invoice;
  private static Run<Payload> letter;
  private static Run<Payload> refund;
  private static Path one = Path.of("");
  private static Path two = Path.of("");

  record Order(String nr) {}

  private static WorkflowType<Order, String> type(String name) {
    return WorkflowType.of(name, Order.class, String.class);
  }

  private static String total(WorkflowContext ctx, Order order) {
    ctx.step("total", String.class, s -> "100 of " + order.nr());
    try (Hook<String> hook = ctx.hook(ANSWER)) {
      return hook.await();
    }
  }

  @BeforeAll
  static void start() throws IOException {
    Map<String, String> variables = new HashMap<>();
    variables.put(WorldConfig.POSTGRES_URL, Services.postgres().freshDatabase());
    variables.put(WorldConfig.REDIS_URL, Services.redis().url());
    variables.put("WORKFLOW_POSTGRES_JOB_PREFIX", "replay_" + UUID.randomUUID() + "_");
    cli = new Cli(variables);
    assertThat(cli.run("migrate").code()).isZero();
    world =
        World.create(
            WorldConfig.from(variables),
            w -> {
              for (String each : List.of("invoice", "letter", "refund")) {
                w.register(type(each), ReplayIT::total);
              }
            });
    world.start();
    invoice = world.client().startJson("invoice", "{\"nr\":\"1\"}", o -> o.runKey("i-1"));
    letter = world.client().startJson("letter", "{\"nr\":\"2\"}", o -> o);
    refund = world.client().startJson("refund", "{\"nr\":\"3\"}", o -> o);
    for (Run<Payload> run : List.of(invoice, letter, refund)) {
      run.awaitHook(ANSWER, Duration.ofSeconds(20));
    }
    one = application("one", workflow("invoice", SAME), workflow("letter", SAME), refunds());
    two =
        application(
            "two",
            workflow("invoice", "ctx.step(\"sum\", String.class, s -> body());"),
            workflow(
                "letter", "System.out.println(\"hello\"); if (!bodies) { return \"at once\"; }"));
  }

  private static String refunds() {
    return workflow("refund", SAME);
  }

  @AfterAll
  static void stop() {
    if (world != null) {
      world.close(Duration.ofSeconds(2));
    }
  }

  private static String workflow(String name, String begin) {
    return """
    w.register(
        WorkflowType.of("%s", Order.class, String.class),
        (ctx, order) -> {
          if (order.number() == null) {
            throw new IllegalStateException("annotations of the application do not count");
          }
          %s
          try (Hook<String> hook = ctx.hook(HookType.of("answer", String.class))) {
            return hook.await();
          }
        });
    """
        .formatted(name, begin);
  }

  /** Compiles an application against the interfaces alone; returns where its classes are. */
  private static Path application(String name, String... workflows) throws IOException {
    Path classes = Files.createDirectories(folder.resolve(name));
    Path source =
        Files.writeString(
            classes.resolve("Shop.java"),
            """
            import com.fasterxml.jackson.annotation.JsonProperty;
            import dev.fantasticfour.world.api.*;
            import dev.fantasticfour.world.api.workflow.*;

            public final class Shop implements Registrar {
              static final boolean bodies = Boolean.getBoolean("never");
              record Order(@JsonProperty("nr") String number) {}
              static String body() {
                throw new IllegalStateException("no body is executed");
              }
              @Override public void accept(Registrations w) {
            %s
              }
            }
            """
                .formatted(String.join("\n", workflows)));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    assertThat(code).isZero();
    return classes;
  }

  private static Cli.Outcome replay(Path classes, String... more) {
    return replay(cli, classes, more);
  }

  private static Cli.Outcome replay(Cli with, Path classes, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("replay", "--classpath", classes.toString(), "--registrations", "Shop"));
    words.addAll(Arrays.asList(more));
    return with.run(words.toArray(String[]::new));
  }

  @Test
  void codeThatDoesTheSameReplaysAllOpenRuns() throws Exception {
    Cli.Outcome same = replay(one, "--json");
    assertThat(same.code()).as(same.out() + same.err()).isZero();
    List<JsonNode> lines = same.jsonLines();
    assertThat(lines)
        .extracting(line -> line.get("run").textValue())
        .containsExactlyInAnyOrder(invoice.id(), letter.id(), refund.id());
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.get("outcome").textValue()).isEqualTo("replays"))
        .allSatisfy(line -> assertThat(SchemaCheck.faults("replay", line)).isEmpty());
    assertThat(replay(one).out()).contains("3 replays");
  }

  @Test
  void codeThatWasChangedIsToldWhereEachRunWouldStand() throws Exception {
    Cli.Outcome changed = replay(two, "--json");
    assertThat(changed.code()).as(changed.err()).isEqualTo(1);
    Map<String, JsonNode> byRun = new HashMap<>();
    for (JsonNode line : changed.jsonLines()) {
      assertThat(SchemaCheck.faults("replay", line)).isEmpty();
      byRun.put(line.get("run").textValue(), line);
    }
    JsonNode diverges = byRun.get(invoice.id());
    assertThat(diverges.get("outcome").textValue()).isEqualTo("diverges");
    assertThat(diverges.get("position").longValue()).isEqualTo(3);
    assertThat(diverges.get("recorded").textValue()).contains("step 'total'");
    assertThat(diverges.get("asked").textValue()).contains("step 'sum'", "Shop.java:");
    assertThat(byRun.get(letter.id()).get("outcome").textValue()).isEqualTo("ends-early");
    assertThat(byRun.get(refund.id()).get("outcome").textValue()).isEqualTo("unknown-workflow");

    Cli.Outcome table = replay(two, "--where", "workflow=invoice");
    assertThat(table.code()).isEqualTo(1);
    assertThat(table.out()).contains("diverges", "1 diverges", invoice.id() + ": ");
    assertThat(replay(two, "--workflow", "invoice", "--status", "completed").out().strip())
        .isEqualTo("no runs match");
  }

  @Test
  void nothingIsWrittenNotEvenWhereItCouldNotBe() throws IOException {
    Map<String, String> readOnly = new HashMap<>(cli.variables());
    readOnly.merge(
        WorldConfig.POSTGRES_URL,
        "options=-c%20default_transaction_read_only%3Don",
        ReplayIT::with);
    String before = history();
    Cli.Outcome same = replay(new Cli(readOnly), one);
    assertThat(same.code()).as(same.out() + same.err()).isZero();
    assertThat(history()).isEqualTo(before);
  }

  private static String with(String url, String option) {
    return url + (url.contains("?") ? "&" : "?") + option;
  }

  private static String history() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Run<Payload> run : List.of(invoice, letter, refund)) {
      world.client().exportRun(run.id(), text);
    }
    return text.toString();
  }

  @Test
  void anAnswerThatIsCutSaysSoAndGoesOn() throws Exception {
    assertThat(replay(one, "--limit", "2").out()).contains("more with --cursor ");
    List<JsonNode> lines = replay(one, "--limit", "2", "--json").jsonLines();
    assertThat(lines).hasSize(3);
    String cursor = lines.getLast().get("cursor").textValue();
    assertThat(replay(one, "--limit", "2", "--json", "--cursor", cursor).jsonLines()).hasSize(1);
  }

  @Test
  void aHistoryInAFileIsReplayedWithoutServers() throws Exception {
    Path files = Files.createDirectories(folder.resolve("histories"));
    String file = files.resolve("invoice.jsonl").toString();
    assertThat(
            cli.run("runs", "export", "--key", "i-1", "--workflow", "invoice", "--out", file).err())
        .isEmpty();
    Cli nowhere = new Cli(Map.of());
    Cli.Outcome same = replay(nowhere, one, "--file", files.toString(), "--json");
    assertThat(same.code()).as(same.err()).isZero();
    assertThat(same.json().get("file").textValue()).isEqualTo(file);
    assertThat(replay(nowhere, two, "--file", file).code()).isEqualTo(1);
    assertThat(replay(nowhere, one, "--file", file, "--workflow", "invoice").err())
        .contains("--file names histories");
    assertThat(replay(nowhere, one, "--file", file + "x").err()).contains("no such file");
  }
}

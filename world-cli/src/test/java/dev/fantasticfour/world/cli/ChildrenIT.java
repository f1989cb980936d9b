package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.export.HistoryReader;
import dev.fantasticfour.world.core.engine.export.RunHistory;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.replay.Replay;
import dev.fantasticfour.world.core.engine.replay.Verdict;
import dev.fantasticfour.world.embedded.Services;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the commands tell of a run that has children, on real servers. */
@Timeout(60)
class ChildrenIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final WorkflowType<Integer, String> ORDER =
      WorkflowType.of("order", Integer.class, String.class);
  private static final WorkflowType<Integer, String> SHIPMENT =
      WorkflowType.of("shipment", Integer.class, String.class);
  private static final WorkflowType<Integer, String> LABEL =
      WorkflowType.of("label", Integer.class, String.class);
  private static final WorkflowType<Integer, Integer> COUNT =
      WorkflowType.of("count", Integer.class, Integer.class);
  private static final HookType<String> ARRIVED = HookType.of("arrived", String.class);

  private static Cli cli = new Cli(Map.of());
  private static World world;

  /** Goes on in three runs more. */
  private static Integer count(WorkflowContext ctx, Integer before) {
    if (before == 3) {
      return before;
    }
    throw ctx.continueAsNew(COUNT, before + 1);
  }

  private static String shipment(WorkflowContext ctx, Integer parcel) {
    String label = ctx.call(LABEL, parcel);
    try (Hook<String> hook = ctx.hook(ARRIVED, "arrived-" + ctx.runId())) {
      return label + hook.await();
    }
  }

  @BeforeAll
  static void start() {
    Map<String, String> variables = new HashMap<>();
    variables.put(WorldConfig.POSTGRES_URL, Services.postgres().freshDatabase());
    variables.put(WorldConfig.REDIS_URL, Services.redis().url());
    variables.put("WORKFLOW_POSTGRES_JOB_PREFIX", "children_" + UUID.randomUUID() + "_");
    cli = new Cli(variables);
    assertThat(cli.run("migrate").code()).isZero();
    world = World.create(WorldConfig.from(variables), ChildrenIT::code);
    world.start();
  }

  private static void code(Registrations w) {
    w.register(
            ORDER,
            (ctx, parcels) ->
                String.join(
                    ", ",
                    ctx.callAll(
                        SHIPMENT,
                        IntStream.range(0, parcels).boxed().toList(),
                        o -> o.onParentEnd(ClosePolicy.TERMINATE))))
        .register(SHIPMENT, ChildrenIT::shipment)
        .register(COUNT, ChildrenIT::count)
        .register(LABEL, (ctx, parcel) -> "parcel " + parcel + " ");
  }

  @AfterAll
  static void stop() {
    if (world != null) {
      world.close(Duration.ofSeconds(2));
    }
  }

  /** An order whose parcels are all on their way. */
  private static Run<String> order(int parcels) throws Exception {
    Run<String> run = world.client().start(ORDER, parcels);
    while (shipments(run).size() < parcels) {
      Thread.onSpinWait();
    }
    for (String shipment : shipments(run)) {
      world.client().run(SHIPMENT, shipment).awaitHook(ARRIVED, SOON);
    }
    return run;
  }

  private static List<String> shipments(Run<?> run) throws Exception {
    return listed("--parent", run.id(), "--oldest-first");
  }

  private static List<String> listed(String... options) throws Exception {
    String[] command = new String[options.length + 3];
    command[0] = "runs";
    command[1] = "list";
    System.arraycopy(options, 0, command, 2, options.length);
    command[command.length - 1] = "--json";
    return cli.run(command).jsonLines().stream().map(line -> line.get("id").textValue()).toList();
  }

  @Test
  void aChainIsWrittenToAFileThatIsNotThereYet(@TempDir Path directory) throws Exception {
    Run<Integer> run = world.client().start(COUNT, 0);
    assertThat(run.result(SOON)).isEqualTo(3);
    Path file = directory.resolve("count.jsonl");

    Cli.Outcome written =
        cli.run("runs", "export", run.id(), "--chain", "--out", file.toString(), "--json");

    assertThat(written.code()).as(written.err()).isZero();
    assertThat(written.jsonLines().getFirst().get("file").textValue()).isEqualTo(file.toString());
    assertThat(Files.readAllLines(file).stream().filter(line -> line.startsWith("{\"format\"")))
        .hasSize(4);
    Cli.Outcome again = cli.run("runs", "export", run.id(), "--out", file.toString());
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("cannot write", "already");
    assertThat(again.lines()).hasSize(1);
    Path unknown = directory.resolve("unknown.jsonl");
    assertThat(cli.run("runs", "export", "wrun_1", "--out", unknown.toString()).code())
        .isEqualTo(1);
    assertThat(unknown).doesNotExist();
  }

  @Test
  void whatIsExportedFromServersAgreesWithTheCodeThatWroteIt() throws Exception {
    Run<String> order = order(2);
    Run<Integer> chain = world.client().start(COUNT, 0);
    assertThat(chain.result(SOON)).isEqualTo(3);
    Registry registry = new Registry();
    code(registry);
    List<String> exported = new ArrayList<>();
    exported.add(cli.run("runs", "export", order.id()).out());
    exported.add(cli.run("runs", "export", chain.id(), "--chain").out());
    for (String shipment : shipments(order)) {
      exported.add(cli.run("runs", "export", shipment).out());
    }

    for (String text : exported) {
      for (RunHistory history : HistoryReader.read("printed", new StringReader(text))) {
        Verdict verdict =
            new Replay(
                    registry.workflow(history.header().workflow()).orElseThrow(),
                    new JacksonPayloadCodec(),
                    Thread.ofVirtual().factory(),
                    history.events())
                .everywhere();
        assertThat(verdict.agrees()).as(verdict.explanation()).isTrue();
      }
    }
    order.terminate("seen");
  }

  @Test
  void aHistoryIsPrintedWithOrWithoutWhatWasSaid() throws Exception {
    Run<String> run = world.client().start(LABEL, 8_141);
    assertThat(run.result(SOON)).isEqualTo("parcel 8141 ");

    Cli.Outcome all = cli.run("runs", "export", run.id());
    Cli.Outcome redacted = cli.run("runs", "export", run.id(), "--redact");

    assertThat(all.code()).isZero();
    assertThat(all.out()).contains("\"payload\":8141", "\"sha256\"");
    assertThat(all.jsonLines()).hasSize((int) all.out().lines().count());
    assertThat(redacted.out()).contains("\"redacted\":true").doesNotContain("8141");
  }

  @Test
  void aRunIsShownWithItsChildren() throws Exception {
    Run<String> run = order(2);
    List<String> shipments = shipments(run);

    JsonNode shown = cli.run("runs", "show", run.id(), "--json").json();
    assertThat(shown.get("parent").isNull()).isTrue();
    assertThat(shown.get("doing").textValue()).startsWith("waiting for child 'shipment' for");
    JsonNode first = shown.get("children").get(0);
    assertThat(first.get("childRun").textValue()).isEqualTo(shipments.getFirst());
    assertThat(first.get("workflow").textValue()).isEqualTo("shipment");
    assertThat(first.get("status").textValue()).isEqualTo("open");
    assertThat(first.get("closePolicy").textValue()).isEqualTo("terminate");
    assertThat(shown.get("children")).hasSize(2);

    String text = cli.run("runs", "show", run.id()).out();
    assertThat(text).contains("2 open").contains(shipments).doesNotContain("parent", "root");

    for (String shipment : shipments) {
      assertThat(cli.run("hooks", "resume", "arrived-" + shipment, "\"is there\"").code()).isZero();
    }
    assertThat(run.result(SOON)).isEqualTo("parcel 0 is there, parcel 1 is there");
    assertThat(cli.run("runs", "show", run.id()).out()).contains("2 completed");
  }

  @Test
  void aChildIsShownWithWhereItComesFrom() throws Exception {
    Run<String> run = order(1);
    String shipment = shipments(run).getFirst();
    String label = listed("--parent", shipment).getFirst();

    assertThat(cli.run("runs", "show", shipment).out())
        .containsPattern("parent +" + run.id() + ", at whose end it is terminated")
        .containsPattern("root +" + run.id() + ", depth 1");
    assertThat(cli.run("runs", "show", label).out())
        .containsPattern("parent +" + shipment + ", at whose end it is asked to cancel itself")
        .containsPattern("root +" + run.id() + ", depth 2");
    JsonNode parent = cli.run("runs", "show", label, "--json").json().get("parent");
    assertThat(parent.get("run").textValue()).isEqualTo(shipment);
    assertThat(parent.get("root").textValue()).isEqualTo(run.id());
    assertThat(parent.get("depth").intValue()).isEqualTo(2);
    assertThat(parent.get("closePolicy").textValue()).isEqualTo("request_cancel");
    assertThat(cli.run("runs", "terminate", run.id()).code()).isZero();
  }

  @Test
  void anyRunOfATreeStandsForTheTree() throws Exception {
    Run<String> run = order(2);
    List<String> shipments = shipments(run);
    List<String> below = listed("--tree", run.id());
    assertThat(below).hasSize(4).containsAll(shipments).doesNotContain(run.id());
    for (String other : below) {
      assertThat(listed("--tree", other)).isEqualTo(below);
    }
    assertThat(listed("--tree", run.id(), "--workflow", "label", "--status", "completed"))
        .hasSize(2);
    assertThat(cli.run("runs", "list", "--tree", run.id(), "--count").out().strip()).isEqualTo("4");
    assertThat(cli.run("runs", "terminate", run.id()).code()).isZero();
  }

  @Test
  void aRunThatNeverHandedOverIsAChainByItself() throws Exception {
    Run<String> run = order(1);
    assertThat(listed("--chain", run.id())).containsExactly(run.id());
    JsonNode shown = cli.run("runs", "show", run.id(), "--json").json();
    assertThat(shown.get("predecessor").isNull() && shown.get("continuedTo").isNull()).isTrue();
    assertThat(cli.run("runs", "terminate", run.id()).code()).isZero();
  }

  @Test
  void anyRunOfAChainStandsForTheChain() throws Exception {
    Run<Integer> run = world.client().start(COUNT, 0);
    assertThat(run.result(SOON)).isEqualTo(3);

    List<String> all = listed("--chain", run.id(), "--oldest-first");

    assertThat(all).hasSize(4).startsWith(run.id());
    List<String> chain = all.subList(1, 4);
    for (String other : chain) {
      assertThat(listed("--chain", other, "--oldest-first")).isEqualTo(all);
    }
    assertThat(cli.run("runs", "show", run.id()).out()).contains("goes on as run " + chain.get(0));
    assertThat(cli.run("runs", "show", chain.get(1)).out())
        .containsPattern("continues +" + chain.get(0) + ", as number 2 after " + run.id())
        .contains("goes on as run " + chain.get(2));
    JsonNode shown = cli.run("runs", "show", chain.get(1), "--json").json();
    assertThat(shown.get("predecessor").get("run").textValue()).isEqualTo(chain.get(0));
    assertThat(shown.get("predecessor").get("chain").textValue()).isEqualTo(run.id());
    assertThat(shown.get("continuedTo").textValue()).isEqualTo(chain.get(2));
  }

  @Test
  void aFamilyOfNobodyIsExitCode1() {
    for (String option : List.of("--parent", "--tree", "--chain")) {
      Cli.Outcome outcome = cli.run("runs", "list", option, "wrun_none");
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.lines()).hasSize(1);
      assertThat(outcome.err()).contains("wrun_none");
    }
  }
}

package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.embedded.Services;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An operator with nothing but a shell, and what is known afterwards of what they did. */
@Timeout(120)
class RepairedRunIT {

  private static final WorkflowType<String, String> ORDER =
      WorkflowType.of("order", String.class, String.class);

  private final AtomicBoolean isMended = new AtomicBoolean();

  private String charged() {
    if (!isMended.get()) {
      throw new FatalException("the bank is away");
    }
    return "charged";
  }

  @Test
  void aFailedRunIsFoundUnderstoodRepairedAndGoneAgainWithTheCommandLineAlone() throws Exception {
    Map<String, String> variables = new HashMap<>();
    variables.put(WorldConfig.POSTGRES_URL, Services.postgres().freshDatabase());
    variables.put(WorldConfig.REDIS_URL, Services.redis().url());
    variables.put("WORKFLOW_POSTGRES_JOB_PREFIX", "repair_" + UUID.randomUUID() + "_");
    Cli cli = new Cli(variables);
    assertThat(cli.run("migrate").code()).isZero();
    try (World world =
        World.create(
            WorldConfig.from(variables),
            w ->
                w.register(
                    ORDER, (ctx, name) -> ctx.step("charge", String.class, s -> charged())))) {
      world.start();
      Cli.Outcome started = cli.run("runs", "start", "order", "\"Ada\"", "--wait", "30");
      String run = started.out().strip().lines().findFirst().orElseThrow();
      assertThat(started.code()).isEqualTo(1);

      assertThat(cli.run("runs", "failures", "--since", "1h").out())
          .contains("order", "the bank is away");
      assertThat(cli.run("runs", "list", "--where", "status=failed", "--json").jsonLines())
          .extracting(line -> line.get("id").textValue())
          .containsExactly(run);
      assertThat(cli.run("runs", "show", run).out()).contains("charge", "the bank is away");

      isMended.set(true);
      Cli.Outcome retried = cli.run("runs", "retry", run, "--json", "--as", "ada (on call)");
      assertThat(retried.code()).as(retried.err()).isZero();
      String next = retried.json().get("next").textValue();
      assertThat(cli.run("runs", "result", next, "--wait", "30s", "--json").json().textValue())
          .isEqualTo("charged");

      assertThat(cli.run("runs", "erase", run).code()).isZero();
      assertThat(cli.run("runs", "show", run).out()).doesNotContain("the bank is away");
      assertKnown(cli, run);
    }
  }

  private static void assertKnown(Cli cli, String run) throws Exception {
    List<JsonNode> entries = cli.run("audit", "--target", run, "--json").jsonLines();
    for (JsonNode entry : entries) {
      assertThat(SchemaCheck.faults("audit", entry)).isEmpty();
    }
    assertThat(entries)
        .extracting(entry -> entry.get("action").textValue())
        .containsExactly("erase", "retry");
    assertThat(entries.getFirst().get("actor").textValue())
        .isEqualTo(System.getProperty("user.name"));
    assertThat(entries.getLast().get("actor").textValue()).isEqualTo("ada (on call)");
    assertThat(entries.getLast().get("outcome").textValue()).isEqualTo("done");
    assertThat(cli.run("audit").out()).contains("start", "retry", "ada (on call)");
    for (JsonNode queue : cli.run("queue", "list", "--all", "--json").jsonLines()) {
      assertThat(SchemaCheck.faults("queue", queue)).isEmpty();
    }
  }
}

package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OddPayloadIT {

  private static List<Payload> odd() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    byte[] large = new byte[3_000_000];
    new Random(1).nextBytes(large);
    List<Payload> payloads = new ArrayList<>();
    payloads.add(null);
    payloads.add(Payload.json("{\"customer\": \"ada\", \"n\": 1.10, \"n\": 2}"));
    payloads.add(Payload.json("{\"customer\": \"a\\u0000b\"}"));
    payloads.add(Payload.json("{\"customer\": \"\\ud800\"}"));
    payloads.add(
        Payload.json(
            "{\"customer\":\"deep\",\"x\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}"));
    payloads.add(Payload.json(""));
    payloads.add(Payload.json("{broken"));
    payloads.add(Payload.json("null"));
    payloads.add(Payload.of("json", new byte[] {'"', (byte) 0xFF, '"'}));
    payloads.add(Payload.json(" \t{\"customer\":\"\uD83D\uDE00\"}\n"));
    payloads.add(Payload.binary(all));
    payloads.add(Payload.binary(new byte[0]));
    payloads.add(Payload.binary(large));
    payloads.add(Payload.of("aes", all));
    payloads.add(Payload.json("\"" + "x".repeat(2_000_000) + "\""));
    return payloads;
  }

  @Test
  void everyPayloadComesBackByteForByteAndNoneBreaksAReport() throws Exception {
    try (TestStore store = new TestStore()) {
      for (Payload payload : odd()) {
        RunId run = new RunId(TestStore.number("run-"));
        Instant now = Instant.now();
        Fact.RunCreated created =
            new Fact.RunCreated("f", "d", 1, "q", payload, null, null, Map.of(), payload);
        store.accepted(
            TestStore.anyone(
                run,
                new Draft(null, now, created),
                TestStore.about(
                    "s",
                    new Fact.StepCreated(
                        dev.fantasticfour.world.api.event.Site.named("n"), payload)),
                TestStore.about("s", new Fact.StepCompleted(null, 1, null, payload)),
                TestStore.about("h", new Fact.HookCreated(null, run.value(), payload, null)),
                TestStore.about("h", new Fact.HookReceived(payload))));
        assertThat(store.storage.hook(run, "h").orElseThrow().metadata()).isEqualTo(payload);
        store.accepted(TestStore.anyone(run, new Draft(null, now, new Fact.RunCompleted(payload))));
        var record = store.storage.run(run).orElseThrow();
        assertThat(record.input()).isEqualTo(payload);
        assertThat(record.output()).isEqualTo(payload);
        assertThat(record.executionContext()).isEqualTo(payload);
        var step = store.storage.step(run, "s").orElseThrow();
        assertThat(step.input()).isEqualTo(payload);
        assertThat(step.output()).isEqualTo(payload);
        var log = store.storage.history(run, 0, 100);
        assertThat(log.get(0).fact()).isEqualTo(created);
        assertThat(log.get(4).fact()).isEqualTo(new Fact.HookReceived(payload));
        assertThat(log.get(5).fact()).isEqualTo(new Fact.RunCompleted(payload));
      }
      assertThat(
              store.sql(
                  "SELECT input ->> 'customer' FROM workflow_runs"
                      + " WHERE json_typeof(input) = 'object'"))
          .containsExactlyInAnyOrder("ada", "a\uFFFDb", "\uFFFD", "deep", "\uD83D\uDE00");
      assertThat(store.sql("SELECT output ->> 'customer' FROM workflow_runs"))
          .hasSize(odd().size());
      assertThat(store.sql("SELECT payload ->> 'customer' FROM workflow_events")).isNotEmpty();
    }
  }
}

package dev.fantasticfour.world.cli.streams;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.StreamReader.Item;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.cli.runs.RunChoice;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code world streams tail}. */
@Command(
    name = "tail",
    description = {
      "Follow a stream live until it ends, one line per chunk.",
      "Exit code 1 when nothing came for the time of --patience, 2 when nobody reads any more."
    })
public final class StreamsTail implements Callable<Integer> {

  private static final Duration TURN = Duration.ofSeconds(1);

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "STREAM",
      description = "name of the stream; it is required")
  private @Nullable String typedName;

  @Option(
      names = "--from",
      paramLabel = "INDEX",
      defaultValue = "0",
      description = "first index wanted; -5 means the last five (default: ${DEFAULT-VALUE})")
  private long from;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description = "give up when nothing came for that long (default: never)")
  private @Nullable Long patience;

  public StreamsTail(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    String name = named.required("STREAM", named.words(typedName)[0]);
    try (World world = named.client(session)) {
      String runId = named.id(world.client());
      // An unknown run is an answer; a stream of one would be waited for without an end.
      world.client().run(runId).view();
      try (StreamReader<Payload> reader =
          world.client().run(runId).stream(StreamType.of(name, Payload.class), from)) {
        return follow(reader);
      }
    }
  }

  private int follow(StreamReader<Payload> reader) throws InterruptedException {
    long last = System.nanoTime();
    while (true) {
      Optional<Item<Payload>> item = reader.next(TURN);
      if (item.isPresent()) {
        last = System.nanoTime();
        session.out().println(output.json() ? Json.line(json(item.get())) : text(item.get()));
        if (session.out().checkError()) {
          return ExitCode.NOT_ASKED;
        }
        if (item.get() instanceof Item.End<Payload>) {
          return ExitCode.OK;
        }
      } else if (patience != null
          && System.nanoTime() - last > Duration.ofSeconds(patience).toNanos()) {
        return ExitCode.NO;
      }
    }
  }

  private static JsonNode json(Item<Payload> item) {
    return switch (item) {
      case Item.Chunk<Payload>(long index, Payload value) ->
          Json.object().put("index", index).set("chunk", Json.of(value));
      case Item.Restarted<Payload>(long index, String step, long first) ->
          Json.object().put("index", index).put("restarted", step).put("from", first);
      case Item.Truncated<Payload>(long first, long next) ->
          Json.object().put("truncated", true).put("from", first).put("resumesAt", next);
      case Item.End<Payload>() -> Json.object().put("end", true);
    };
  }

  private static String text(Item<Payload> item) {
    return switch (item) {
      case Item.Chunk<Payload>(long index, Payload value) ->
          index + "  " + Json.line(Json.of(value));
      case Item.Restarted<Payload>(long index, String step, long first) ->
          index + "  -- " + step + " starts over: forget what it wrote from " + first + " on";
      case Item.Truncated<Payload>(long first, long next) ->
          "-- chunks " + first + " to " + (next - 1) + " are gone";
      case Item.End<Payload>() -> "-- end";
    };
  }
}

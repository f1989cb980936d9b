package dev.fantasticfour.world.cli.fault;

import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.stream.AttemptWriter;
import dev.fantasticfour.world.core.engine.stream.StepStreams;
import dev.fantasticfour.world.core.engine.stream.StreamKeeper;
import dev.fantasticfour.world.core.engine.time.AlarmClock;
import dev.fantasticfour.world.core.engine.time.StoreClock;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.postgres.guice.PostgresStorageProvider;
import dev.fantasticfour.world.redis.guice.RedisStreamerProvider;
import java.time.Duration;
import java.util.UUID;

/**
 * A process that writes to streams, as far as its streams go: a worker with connections of its own.
 */
final class StreamProcess implements AutoCloseable {

  private final WorkerId worker = new WorkerId(WorkerId.PREFIX + UUID.randomUUID());
  private final SystemMachine machine = new SystemMachine();
  private final Storage storage;
  private final Streamer streamer;
  private final AlarmClock alarms;
  private final StreamKeeper keeper;
  private final StepStreams streams;

  StreamProcess(WorldConfig config) {
    StoreClock clock = new StoreClock(machine);
    storage = new PostgresStorageProvider().open(config);
    streamer = new RedisStreamerProvider().open(config);
    alarms = new AlarmClock("alarms", machine, clock);
    keeper =
        new StreamKeeper(storage, streamer, machine, alarms, clock, Observer.NONE, () -> worker);
    streams = StepStreams.kept(machine, storage, streamer, keeper, new JacksonPayloadCodec());
    storage.register(worker, "build", Duration.ofMinutes(10));
  }

  AttemptWriter<String> writer(RunId run, StreamType<String> type, String step, int attempt) {
    return streams.writer(run, new LiveStreams.Writer(step, attempt), type, () -> {});
  }

  StreamReader<String> reader(RunId run, StreamType<String> type) {
    return streams.reader(run, type, 0);
  }

  /** Ends the streams of a run, if all writers have handed in what they hold. */
  boolean end(RunId run) {
    return keeper.end(run, worker);
  }

  WorkerId worker() {
    return worker;
  }

  /** Says that another is dead. */
  void retire(WorkerId other) {
    storage.retire(other);
  }

  @Override
  public void close() {
    keeper.close(Duration.ofSeconds(5));
    alarms.close();
    streamer.close();
    storage.close();
  }
}

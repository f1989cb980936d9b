package dev.fantasticfour.world.core.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.StreamReader.Item;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.StreamWriter;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StepStreamsTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final RunId RUN = new RunId("wrun_1");
  private static final StreamType<String> WORDS = StreamType.of("words", String.class);

  private final MemoryStreamer streamer = new MemoryStreamer(new SystemMachine());
  private final StepStreams streams =
      new StepStreams(new SystemMachine(), streamer, new JacksonPayloadCodec());
  private final AtomicInteger used = new AtomicInteger();

  @AfterEach
  void close() {
    streamer.close();
  }

  @Test
  void whatAStepWritesIsReadAtOnce() throws Exception {
    writer(1).write("a");
    writer(1).writeAll(List.of("b", "c"));

    try (StreamReader<String> reader = streams.reader(RUN, WORDS, 0)) {
      assertThat(reader.next(LONG)).contains(new Item.Chunk<>(0, "a"));
      assertThat(reader.next(LONG)).contains(new Item.Chunk<>(1, "b"));
      assertThat(reader.next(LONG)).contains(new Item.Chunk<>(2, "c"));
      assertThat(reader.next(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void theFirstChunksOfAWriterAreReportedOnceBeforeTheyAreWritten() {
    StreamWriter<String> writer =
        streams.writer(
            RUN,
            new LiveStreams.Writer("step_1", 1),
            WORDS,
            () -> {
              assertThat(streamer.list(RUN)).isEmpty();
              used.incrementAndGet();
            });

    writer.writeAll(List.of());
    assertThat(used).hasValue(0);
    writer.write("a");
    writer.write("b");

    assertThat(used).hasValue(1);
  }

  @Test
  void aNewAttemptIsMarkedAndTheOldOneIsTold() throws Exception {
    StreamWriter<String> old = writer(1);
    old.write("a");
    writer(2).write("b");

    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> old.write("late"))
        .withMessageContaining("attempt 2");
    try (StreamReader<String> reader = streams.reader(RUN, WORDS, 0)) {
      assertThat(reader.next(LONG)).contains(new Item.Chunk<>(0, "a"));
      assertThat(reader.next(LONG)).contains(new Item.Restarted<>(1, "step_1", 0));
      assertThat(reader.next(LONG)).contains(new Item.Chunk<>(2, "b"));
    }
  }

  @Test
  void nothingIsWrittenAfterTheEndAndReadersAreTold() throws Exception {
    writer(1).write("a");
    streamer.endAll(RUN);

    WorldException ended =
        catchThrowableOfType(WorldException.class, () -> writer(1).write("late"));

    assertThat(ended.code()).isEqualTo(ErrorCode.RUN_ENDED);
    assertThat(ended).hasMessageContaining("'words'").hasMessageContaining("wrun_1");
    try (StreamReader<String> reader = streams.reader(RUN, WORDS, 1)) {
      assertThat(reader.next(LONG)).contains(new Item.End<>());
      assertThat(reader.next(LONG)).contains(new Item.End<>());
    }
  }

  @Test
  void aGapIsShown() throws Exception {
    ScriptedReader gap = new ScriptedReader(new LiveStreams.Read.Truncated(3, 9));

    try (StreamReader<String> reader =
        new TypedStreamReader<>(
            gap, new JacksonPayloadCodec(), new StreamId(RUN, "words"), WORDS)) {
      assertThat(reader.next(LONG)).contains(new Item.Truncated<>(3, 9));
    }
    assertThat(gap.closed).isTrue();
  }

  @Test
  void aChunkThatCannotBeReadFailsOnceAndTheReadGoesOn() throws Exception {
    streamer.write(
        new StreamId(RUN, "words"),
        null,
        List.of(Payload.json("[1]"), Payload.json("null"), Payload.json("\"b\"")));

    try (StreamReader<String> reader = streams.reader(RUN, WORDS, 0)) {
      for (int i = 0; i < 2; i++) {
        assertThat(catchThrowableOfType(WorldException.class, () -> reader.next(LONG)).code())
            .isEqualTo(ErrorCode.SERIALIZATION);
      }
      assertThat(reader.next(LONG)).contains(new Item.Chunk<>(2, "b"));
    }
  }

  @Test
  void nullIsNoChunkAndNothingOfItsCallIsWritten() {
    WorldException refused =
        catchThrowableOfType(
            WorldException.class, () -> writer(1).writeAll(Arrays.asList("a", null)));

    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(streamer.list(RUN)).isEmpty();
    assertThat(catchThrowableOfType(WorldException.class, () -> writer(1).write(null)))
        .hasMessageContaining("'words'")
        .hasMessageContaining("null");
  }

  @Test
  void aWriterThatIsKeptAfterItsAttemptRefuses() {
    for (boolean hasWritten : new boolean[] {false, true}) {
      AttemptWriter<String> writer =
          streams.writer(RUN, new LiveStreams.Writer("step_1", 1), WORDS, used::incrementAndGet);
      if (hasWritten) {
        writer.write("in time");
      }
      writer.close();
      writer.close();

      assertThatExceptionOfType(ContextMisuseException.class)
          .isThrownBy(() -> writer.write("late"))
          .withMessageContaining("'words'")
          .withMessageContaining("step_1");
    }
    assertThat(streamer.info(new StreamId(RUN, "words")).next()).isEqualTo(1);
    assertThat(used).hasValue(1);
  }

  @Test
  void reservedNamesAreRefused() {
    StreamType<String> own = StreamType.of("$own", String.class);

    assertThat(catchThrowableOfType(WorldException.class, () -> streams.reader(RUN, own, 0)).code())
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThatExceptionOfType(WorldException.class)
        .isThrownBy(() -> streams.writer(RUN, new LiveStreams.Writer("step_1", 1), own, () -> {}))
        .withMessageContaining("'$own'");
  }

  private StreamWriter<String> writer(int attempt) {
    return streams.writer(
        RUN, new LiveStreams.Writer("step_1", attempt), WORDS, used::incrementAndGet);
  }

  private static final class ScriptedReader implements LiveStreams.Reader {

    private final LiveStreams.Read read;
    private boolean closed;

    private ScriptedReader(LiveStreams.Read read) {
      this.read = read;
    }

    @Override
    public LiveStreams.Read next(Duration patience) {
      return read;
    }

    @Override
    public long life() {
      return 0;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}

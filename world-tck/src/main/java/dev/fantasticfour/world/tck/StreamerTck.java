package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.tck.stream.ChannelChapter;
import dev.fantasticfour.world.tck.stream.LifeChapter;
import dev.fantasticfour.world.tck.stream.LiveReadChapter;
import dev.fantasticfour.world.tck.stream.StreamOutageChapter;
import dev.fantasticfour.world.tck.stream.StreamRaceChapter;
import dev.fantasticfour.world.tck.stream.WriteChapter;
import dev.fantasticfour.world.tck.stream.WriterAttemptChapter;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every {@link Streamer} must do. Extend it and say how the adapter is opened:
 *
 * <pre>{@code
 * final class MyStreamerTckTest extends StreamerTck {
 *   @Override
 *   public Harness<Streamer> harness() {
 *     return Harness.of(() -> new MyStreamer(server));
 *   }
 * }
 * }</pre>
 *
 * <p>Chapters carry tags, so that one alone can be run: {@code -Dgroups=live-reads}.
 */
@ExtendWith(StreamerExtension.class)
public abstract class StreamerTck implements Kit<Streamer> {

  @Nested
  @Tag("writes")
  class Writes implements WriteChapter {}

  @Nested
  @Tag("writer-attempts")
  class WriterAttempts implements WriterAttemptChapter {}

  @Nested
  @Tag("live-reads")
  class LiveReads implements LiveReadChapter {}

  @Nested
  @Tag("lives")
  class Lives implements LifeChapter {}

  @Nested
  @Tag("races")
  class StreamRaces implements StreamRaceChapter {}

  @Nested
  @Tag("channels")
  class Channels implements ChannelChapter {}

  @Nested
  @Tag("outages")
  class Outages implements StreamOutageChapter {}
}

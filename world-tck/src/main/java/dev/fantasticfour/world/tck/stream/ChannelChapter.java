package dev.fantasticfour.world.tck.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.port.Announcements.Listening;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Announcements: hints for whoever listens at that moment. */
public interface ChannelChapter {

  private static String channel() {
    return "channel-" + UUID.randomUUID();
  }

  @Test
  @Rule("L4")
  default void whatIsAnnouncedIsHeardByEveryListener(StreamScene scene) {
    String channel = channel();
    List<String> here = new CopyOnWriteArrayList<>();
    List<String> there = new CopyOnWriteArrayList<>();
    AtomicInteger first = new AtomicInteger();
    AtomicInteger second = new AtomicInteger();
    Listening one = scene.streamer().listen(channel, here::add, first::incrementAndGet);
    Listening two = scene.peer().listen(channel, there::add, second::incrementAndGet);
    scene.stage().await("both listen", () -> first.get() >= 1 && second.get() >= 1);
    scene.streamer().announce(channel, List.of("a", "b ü\uD83D\uDE00"));
    scene.stage().await("both have heard it", () -> here.size() >= 2 && there.size() >= 2);
    assertThat(here).containsExactly("a", "b ü\uD83D\uDE00");
    assertThat(there).isEqualTo(here);
    one.close();
    two.close();
  }

  @Test
  @Rule("L4")
  default void aListenerThatHearsIsNotInterrupted(StreamScene scene) {
    AtomicInteger listening = new AtomicInteger();
    Listening listener = scene.peer().listen(channel(), message -> {}, listening::incrementAndGet);
    scene.stage().await("it listens", () -> listening.get() >= 1);
    scene.stage().await("it knows", () -> !listener.isInterrupted());
    scene.stage().always("it hears", () -> !listener.isInterrupted());
    listener.close();
  }

  @Test
  @Rule("L4")
  default void aListenerIsToldOneMessageAtATime(StreamScene scene) {
    String channel = channel();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<String> heard = new CopyOnWriteArrayList<>();
    AtomicInteger listening = new AtomicInteger();
    Listening listener =
        scene
            .peer()
            .listen(
                channel,
                message -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  heard.add(message);
                  running.decrementAndGet();
                },
                listening::incrementAndGet);
    scene.stage().await("it listens", () -> listening.get() >= 1);
    for (int i = 0; i < 50; i++) {
      scene.streamer().announce(channel, List.of("" + i));
    }
    scene.stage().await("all is heard", () -> heard.size() == 50);
    assertThat(most).hasValue(1);
    assertThat(heard)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 50).mapToObj(i -> "" + i).toList());
    listener.close();
  }

  @Test
  @Rule("L4")
  default void whoeverListensNoLongerHearsNothing(StreamScene scene) {
    String channel = channel();
    List<String> heard = new CopyOnWriteArrayList<>();
    AtomicInteger listening = new AtomicInteger();
    Listening listener = scene.streamer().listen(channel, heard::add, listening::incrementAndGet);
    scene.stage().await("it listens", () -> listening.get() >= 1);
    listener.close();
    listener.close();
    scene.peer().announce(channel, List.of("a"));
    scene.stage().always("nothing is heard", heard::isEmpty);
  }

  @Test
  @Rule("L4")
  default void channelsAreKeptApart(StreamScene scene) {
    String channel = channel();
    List<String> heard = new CopyOnWriteArrayList<>();
    AtomicInteger listening = new AtomicInteger();
    Listening listener = scene.streamer().listen(channel, heard::add, listening::incrementAndGet);
    scene.stage().await("it listens", () -> listening.get() >= 1);
    scene.peer().announce(channel + "x", List.of("foreign"));
    scene.peer().announce(channel, List.of("own"));
    scene.stage().await("its own is heard", () -> !heard.isEmpty());
    assertThat(heard).containsExactly("own");
    listener.close();
  }

  @Test
  @Rule("L4")
  default void announcingNeverThrows(StreamScene scene) {
    scene.streamer().announce(channel(), List.of("nobody hears this"));
    scene.streamer().announce(channel(), List.of());
    Streamer another = scene.stage().another();
    another.close();
    another.announce(channel(), List.of("from beyond"));
  }
}

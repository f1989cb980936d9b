package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.core.engine.stream.AttemptWriter;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.Services;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Redis forgets everything five times a second, while four processes write to one stream. A fifth,
 * a JVM of its own, is stopped in the middle of its attempt, and goes on long after the next
 * attempt has begun elsewhere. The system property {@code world.streams.attack} says for how many
 * seconds.
 */
@Timeout(300)
class StreamsWipedIT {

  private static final int WRITERS = 4;
  private static final int ZOMBIE_WRITES = 20;
  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("world.streams.attack", 6));
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final StreamType<String> WORDS = StreamType.of("words", String.class);
  private static final RunId RUN = new RunId("wrun_01K0000000000000000000WPED");

  @TempDir static Path logs;
  private static final EmbeddedRedis REDIS = EmbeddedRedis.start();
  private static final List<StreamProcess> PROCESSES = new ArrayList<>();
  private static final List<Integer> WRITTEN = new ArrayList<>();
  private static final List<StreamTale> LIVE = new ArrayList<>();
  private static Stage stage;
  private static StreamTale late;
  private static String refusal;
  private static int zombieWrote;
  private static int wiped;
  private static volatile boolean enough;
  private static volatile boolean over;

  @BeforeAll
  static void attack() throws Exception {
    stage = new Stage(Services.postgres().freshDatabase(), REDIS.url(), logs);
    for (int i = 0; i < WRITERS; i++) {
      PROCESSES.add(new StreamProcess(stage.config()));
    }
    StreamProcess first = PROCESSES.getFirst();
    WorkerJvm zombie = stage.starting(ZombieMain.class, "zombie", RUN.value(), WORDS.name());
    WorkerId undead = new WorkerId(zombie.awaitAnswerOf(ZombieMain.WORKER));
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<StreamTale>> readers = new ArrayList<>();
      for (StreamProcess reader : List.of(first, PROCESSES.get(1))) {
        readers.add(threads.submit(() -> StreamTale.of(reader.reader(RUN, WORDS))));
      }
      Future<Integer> wiping = threads.submit(StreamsWipedIT::wipe);
      zombie.awaitAnswer(ZombieMain.WROTE + ZOMBIE_WRITES);
      zombie.pause();
      first.retire(undead);
      List<Future<Integer>> writers = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        int number = w;
        AttemptWriter<String> writer = PROCESSES.get(w).writer(RUN, WORDS, "step_" + w, 2);
        writer.write(number + ":0");
        writers.add(threads.submit(() -> write(writer, number)));
      }
      Until.passed(LENGTH.dividedBy(2));
      zombie.resume();
      refusal = zombie.awaitAnswerOf(ZombieMain.REFUSED);
      zombieWrote = Integer.parseInt(refusal.substring(0, refusal.indexOf(' ')));
      Until.passed(LENGTH.dividedBy(2));
      enough = true;
      for (Future<Integer> writer : writers) {
        WRITTEN.add(writer.get(60, TimeUnit.SECONDS));
      }
      Until.holds("the stream has ended", () -> first.end(RUN));
      over = true;
      wiped = wiping.get();
      for (Future<StreamTale> reader : readers) {
        LIVE.add(reader.get(60, TimeUnit.SECONDS));
      }
    } finally {
      enough = true;
      over = true;
      threads.shutdownNow();
    }
    REDIS.flushAll();
    late = StreamTale.of(PROCESSES.get(2).reader(RUN, WORDS));
    System.out.printf(
        "[faults] %s chunks of four writers and %d of one that was stopped, through %d losses of"
            + " everything in %s: %d marks%n",
        WRITTEN, zombieWrote, wiped, LENGTH, late.marks());
  }

  private static int wipe() throws Exception {
    int times = 0;
    while (!over) {
      Until.passed(PAUSE);
      REDIS.flushAll();
      times++;
    }
    return times;
  }

  private static int write(AttemptWriter<String> writer, int number) {
    int count = 1;
    while (!enough) {
      writer.write(number + ":" + count);
      count++;
    }
    writer.close();
    return count;
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
    PROCESSES.forEach(StreamProcess::close);
    REDIS.close();
  }

  @Test
  void nothingThatALivingProcessWroteIsLostDoubledOrOutOfOrder() {
    for (int w = 0; w < WRITERS; w++) {
      String prefix = w + ":";
      assertThat(late.told().stream().filter(Objects::nonNull).filter(t -> t.startsWith(prefix)))
          .containsExactlyElementsOf(
              IntStream.range(0, WRITTEN.get(w)).mapToObj(i -> prefix + i).toList());
    }
  }

  @Test
  void whoReadLiveHasReadTheSame() {
    assertThat(LIVE).hasSize(2).allSatisfy(StreamsWipedIT::agreesWithWhatIsKept);
  }

  /** What is gone now may have been read while it was there. */
  private static void agreesWithWhatIsKept(StreamTale tale) {
    List<String> kept = late.told();
    assertThat(tale.told()).hasSameSizeAs(kept);
    for (int i = 0; i < kept.size(); i++) {
      if (kept.get(i) != null) {
        assertThat(tale.told().get(i)).as("index %s", i).isEqualTo(kept.get(i));
      }
    }
  }

  @Test
  void onlyWhatTheStoppedProcessHeldMayBeGone() {
    // As many indices as it may have been given stay empty, where nobody knows what it wrote last.
    assertThat(late.marks()).isLessThanOrEqualTo(zombieWrote + 5);
    List<String> its = late.told().stream().filter(StreamsWipedIT::isTheZombies).toList();
    assertThat(its)
        .doesNotHaveDuplicates()
        .isSubsetOf(IntStream.rangeClosed(1, zombieWrote).mapToObj(ZombieMain::text).toList());
  }

  private static boolean isTheZombies(String text) {
    return text != null && text.startsWith("zombie");
  }

  @Test
  void theStoppedProcessIsRefusedWhenItGoesOn() {
    assertThat(refusal).contains("attempt 2");
    List<String> fromTheNextAttemptOn =
        late.told().subList(late.told().indexOf("0:0"), late.told().size());
    assertThat(fromTheNextAttemptOn).noneMatch(StreamsWipedIT::isTheZombies);
  }

  @Test
  void theAttackTookPlace() {
    assertThat(wiped).isGreaterThan(5);
    assertThat(WRITTEN).allSatisfy(count -> assertThat(count).isGreaterThan(10));
  }
}

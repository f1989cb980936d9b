package dev.fantasticfour.world.test.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.ExportOptions;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.HookNotFoundException;
import dev.fantasticfour.world.api.error.UpdateFailedException;
import dev.fantasticfour.world.api.error.UpdateRejectedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Histories that builds before this one have written are told to this one. With {@code
 * -Dworld.golden.write=true} those that are not there yet are written, on a world in memory; one
 * that is there is never written again, for it is of a build that nobody has any more.
 */
@Timeout(60)
class GoldenHistoriesTest {

  private static final String WRITE = "world.golden.write";
  private static final Path FOLDER = Path.of("src/test/resources/histories");

  /** Of code that was changed without a marker: it has to be found. */
  private static final Path REMOVED = FOLDER.resolve("not-agreeing/removed-step.jsonl");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /**
   * A history to be there.
   *
   * @param isOfCodeBefore whether code writes it that was changed since
   * @param life what happens to the run, which is returned
   */
  private record Golden(
      Path file,
      boolean isOfCodeBefore,
      Function<WorldClient, Run<String>> life,
      ExportOptions options) {

    Consumer<Registrations> code() {
      return isOfCodeBefore ? GoldenHistoriesTest::codeBefore : GoldenHistoriesTest::code;
    }

    @Override
    public String toString() {
      return file.getFileName().toString();
    }
  }

  private static void code(Registrations w) {
    Goods.register(w);
    Talks.register(w);
  }

  private static void codeBefore(Registrations w) {
    Goods.registerBefore(w);
    Talks.register(w);
  }

  static Stream<Golden> histories() {
    return Stream.of(
        golden("steps", client -> ended(client, Goods.STEPS)),
        golden("queued-step", client -> ended(client, Goods.QUEUED)),
        golden("sleep", client -> ended(client, Goods.SLEEP)),
        golden("hook", GoldenHistoriesTest::hook),
        golden("hook-open", client -> waiting(client.start(Goods.HOOK, "open"))),
        golden("branches", client -> ended(client, Goods.BRANCHES)),
        golden("map", client -> ended(client, Goods.MAP)),
        golden("state-and-attributes", client -> ended(client, Goods.SHOWN)),
        golden("values", client -> ended(client, Goods.VALUES)),
        golden("changed", client -> ended(client, Goods.CHANGED)),
        new Golden(
            FOLDER.resolve("changed-before.jsonl"),
            true,
            client -> ended(client, Goods.CHANGED),
            ExportOptions.DEFAULT),
        golden("signals", GoldenHistoriesTest::signals),
        golden("updates", GoldenHistoriesTest::updates),
        golden("children", client -> ended(client, Talks.PARENT)),
        new Golden(
            FOLDER.resolve("continue-as-new.jsonl"),
            false,
            GoldenHistoriesTest::chain,
            ExportOptions.DEFAULT.ofChain()),
        golden("saga", client -> ended(client, Talks.SAGA)),
        golden("cancelled", GoldenHistoriesTest::cancelled),
        golden("terminated", GoldenHistoriesTest::terminated),
        golden("scope-timeout", client -> ended(client, Talks.SCOPE)),
        golden("failed", client -> ended(client, Talks.FAILED)),
        new Golden(REMOVED, true, client -> ended(client, Goods.REMOVED), ExportOptions.DEFAULT));
  }

  private static Golden golden(String name, Function<WorldClient, Run<String>> life) {
    return new Golden(FOLDER.resolve(name + ".jsonl"), false, life, ExportOptions.DEFAULT);
  }

  private static Run<String> ended(WorldClient client, WorkflowType<String, String> type) {
    return ended(client.start(type, "in"));
  }

  /** Failures are what some of them end with. */
  private static Run<String> ended(Run<String> run) {
    try {
      String unused = run.result(PATIENCE);
    } catch (WorldException e) {
      assertThat(run.view().run().status().isFinal()).isTrue();
    }
    return run;
  }

  private static Run<String> waiting(Run<String> run) {
    String unused = run.awaitHook(Goods.APPROVAL, PATIENCE);
    return run;
  }

  private static Run<String> hook(WorldClient client) {
    Run<String> run = client.start(Goods.HOOK, "in");
    String token = run.awaitHook(Goods.APPROVAL, PATIENCE);
    while (client.events(run.id(), firstPage()).items().stream()
        .noneMatch(event -> event.type().word().equals("wait_completed"))) {
      Thread.onSpinWait();
    }
    client.resume(Goods.APPROVAL, token, "yes");
    String secret = token;
    while (secret.equals(token)) {
      secret =
          client.hooks(run.id(), firstPage()).items().stream()
              .map(hook -> hook.token())
              .findFirst()
              .orElse(token);
    }
    client.resume(Goods.APPROVAL, secret, "and yes");
    return ended(run);
  }

  private static PageRequest firstPage() {
    return PageRequest.oldestFirst();
  }

  private static Run<String> signals(WorldClient client) {
    Run<String> run = client.start(Talks.SIGNALS, "in");
    client.signal(Talks.ADD, run, "milk", o -> o.id("milk-1"));
    return ended(run);
  }

  private static Run<String> updates(WorldClient client) {
    Run<String> run = client.start(Talks.UPDATES, "in");
    String token = run.awaitHook(Talks.GO, PATIENCE);
    assertThat(client.update(Talks.COUNT, run, "more")).isEqualTo(6);
    assertThatThrownBy(() -> client.update(Talks.COUNT, run, ""))
        .isInstanceOf(UpdateRejectedException.class);
    assertThatThrownBy(() -> client.update(Talks.COUNT, run, "fail", o -> o.id("fails")))
        .isInstanceOf(UpdateFailedException.class);
    client.resume(Talks.GO, token, "!");
    return ended(run);
  }

  private static Run<String> chain(WorldClient client) {
    Run<String> run = client.start(Talks.CHAIN, "");
    client.signal(Talks.ADD, run, "s");
    boolean isSent = false;
    while (!isSent) {
      try {
        String unused = client.resume(Talks.GO, "chain", "h");
        isSent = true;
      } catch (HookNotFoundException e) {
        // The first run has not opened it yet; afterwards it is handed on.
        Thread.onSpinWait();
      }
    }
    return ended(run);
  }

  private static Run<String> cancelled(WorldClient client) {
    Run<String> run = client.start(Talks.CANCELLED, "in");
    String unused = run.awaitHook(Talks.GO, PATIENCE);
    run.cancel("changed my mind");
    return ended(run);
  }

  private static Run<String> terminated(WorldClient client) {
    Run<String> run = client.start(Talks.CANCELLED, "out");
    String unused = run.awaitHook(Talks.GO, PATIENCE);
    run.terminate("at once");
    return ended(run);
  }

  @ParameterizedTest
  @MethodSource("histories")
  void aHistoryThatIsNotThereYetIsWritten(Golden golden) throws IOException {
    if (!Boolean.getBoolean(WRITE) || Files.exists(golden.file())) {
      assertThat(golden.file()).as("run this test with -D" + WRITE + "=true to write it").exists();
      return;
    }
    try (World world = World.create(WorldConfig.inMemory(), golden.code()::accept)) {
      world.start();
      Run<String> run = golden.life().apply(world.client());
      Files.createDirectories(golden.file().getParent());
      try (Writer out = Files.newBufferedWriter(golden.file(), StandardOpenOption.CREATE_NEW)) {
        world.client().exportRun(run.id(), out, o -> golden.options());
      }
    }
  }

  @Test
  void everyHistoryAgreesWithTheCodeOfToday() {
    Histories.replay(GoldenHistoriesTest::code, files(golden -> true));
  }

  @Test
  void theCodeAsksForTheSameBehindEveryBatch() {
    Histories.replayEverywhere(
        GoldenHistoriesTest::code, files(golden -> !golden.isOfCodeBefore()));
  }

  /** Of those that agree. */
  private static Path[] files(Predicate<Golden> which) {
    return histories()
        .filter(golden -> !golden.file().equals(REMOVED))
        .filter(which)
        .map(Golden::file)
        .toArray(Path[]::new);
  }

  @Test
  void everyHistoryThatIsThereHasItsCode() throws IOException {
    Set<Path> known = histories().map(Golden::file).collect(Collectors.toSet());
    try (Stream<Path> files = Files.walk(FOLDER)) {
      assertThat(files.filter(Files::isRegularFile)).allMatch(known::contains);
    }
  }

  /** KIT-7. */
  @Test
  void aStepThatWasRemovedIsNamedFromBothSides() {
    assertThatThrownBy(() -> Histories.replay(GoldenHistoriesTest::code, REMOVED))
        .isInstanceOf(AssertionError.class)
        .message()
        .contains("removed-step.jsonl", "workflow 'removed-step'", "at event 3")
        .contains("recorded: step 'reserve'", "the code: step 'pack'", "Goods.java:")
        .contains("renamed from 'reserve' to 'pack'", "removed", "ctx.changed(");
    Histories.replay(GoldenHistoriesTest::codeBefore, REMOVED);
  }

  @Test
  void theHistoriesTogetherHaveWhatCodeCanBeToldOf() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files(golden -> true)) {
      all.append(Files.readString(file));
    }
    assertThat(
            List.of(
                "step_retrying",
                "step_failed",
                "step_created",
                "wait_completed",
                "wait_cancelled",
                "hook_received",
                "hook_disposed",
                "hook_carried",
                "cancel_requested",
                "signal_received",
                "signal_sent",
                "state_published",
                "attributes_set",
                "change_marked",
                "child_completed",
                "child_failed",
                "child_cancelled",
                "child_cancel_requested",
                "update_completed",
                "update_rejected",
                "update_failed",
                "run_continued",
                "run_failed",
                "run_cancelled",
                "run_terminated"))
        .allSatisfy(type -> assertThat(all).contains("\"type\":\"" + type + '"'));
  }
}

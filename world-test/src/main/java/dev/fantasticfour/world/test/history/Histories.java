package dev.fantasticfour.world.test.history;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.export.RunHistory;
import dev.fantasticfour.world.core.engine.export.StoredHistories;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.replay.Replay;
import dev.fantasticfour.world.core.engine.replay.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Replays exported histories in every build, without any server:
 *
 * <pre>{@code
 * @Test
 * void openRunsGoOnWithThisCode() {
 *   Histories.replay(
 *       w -> w.register(OrderWorkflow.TYPE, new OrderWorkflow(payments)),
 *       Path.of("src/test/resources/histories"));
 * }
 * }</pre>
 *
 * <p>Files are those of {@code world runs export} and {@link
 * dev.fantasticfour.world.api.WorldClient#exportRun}; of a folder all that end with {@code .jsonl},
 * also in folders below it. The code is told each history and has to ask for what is recorded, and
 * to end as is recorded. Bodies of steps are not run, and need not be registered. What the code
 * does in its own thread is run: it must not wait for anything but its context.
 *
 * <p>That all agree shows that these runs go on with this code, and so do others with histories
 * like these. It proves nothing about what no file has: have one for each way a run can go.
 *
 * <p>Static methods without state, for any number of threads.
 */
public final class Histories {

  private static final String CURE =
      "What to do: put what is new behind ctx.changed(\"the name of the change\"), which is false"
          + " for runs that are past it. If no such run is open any more and none will be told its"
          + " history again, export a newer history in place of a file. See docs/versioning.md.";

  private Histories() {}

  /**
   * Returns normally when all histories agree with the code.
   *
   * @param registrations what the application registers: {@code w -> w.register(TYPE, workflow)}
   * @param files files, or folders that hold some; at least one history there has to be
   * @throws AssertionError naming each file that does not fit, the position in its history, what is
   *     recorded there and what the code does instead; or that cannot be read, was redacted, or is
   *     of a workflow that is not registered; or that there is no file at all
   */
  public static void replay(Consumer<Registrations> registrations, Path... files) {
    replay(registrations, new JacksonPayloadCodec(), files);
  }

  /**
   * The same with the codec that wrote the payloads.
   *
   * @param codec with the keys that it needs
   */
  public static void replay(
      Consumer<Registrations> registrations, PayloadCodec codec, Path... files) {
    tell(registrations, codec, Replay::verdict, files);
  }

  /**
   * Asks more than {@link #replay(Consumer, Path...)}: that the code, stopped behind any commit of
   * a history, asks for the same next, in the same order and with the same values. That is so for
   * the code that wrote the history, unless something in it depends on more than its history; it
   * need not be so for code that was changed since.
   *
   * @throws AssertionError as {@link #replay(Consumer, Path...)}
   */
  public static void replayEverywhere(Consumer<Registrations> registrations, Path... files) {
    replayEverywhere(registrations, new JacksonPayloadCodec(), files);
  }

  /** The same with the codec that wrote the payloads. */
  public static void replayEverywhere(
      Consumer<Registrations> registrations, PayloadCodec codec, Path... files) {
    tell(registrations, codec, Replay::everywhere, files);
  }

  /**
   * Replays the runs of a store that match, newest first: of a copy of production, say. It only
   * reads: nothing is executed and nothing written. What was said in the runs is read by this
   * process.
   *
   * <pre>{@code
   * int replayed = Histories.replay(new Shop(), client, Runs.all().status(RUNNING, PENDING), 500);
   * }</pre>
   *
   * @param most runs, at least 1
   * @return how many were replayed; none is no failure, since a store may have no such run
   * @throws AssertionError naming each run that does not fit, as {@link #replay(Consumer, Path...)}
   * @throws dev.fantasticfour.world.api.error.WorldException as {@link WorldClient#runs}
   */
  public static int replay(
      Consumer<Registrations> registrations, WorldClient client, RunFilter filter, int most) {
    Retold retold = retold(registrations, new JacksonPayloadCodec(), Replay::verdict);
    StoredHistories.Read unused =
        StoredHistories.read(
            client,
            filter,
            most,
            null,
            new StoredHistories.Listener() {
              @Override
              public void history(RunHistory history) {
                retold.tell("", List.of(history));
              }

              @Override
              public void unreadable(RunRecord run, String why) {
                retold.add(why);
              }
            });
    fail(retold, "runs: " + retold.histories());
    return retold.histories();
  }

  private static Retold retold(
      Consumer<Registrations> registrations,
      PayloadCodec codec,
      Function<Replay, Verdict> question) {
    Registry registry = new Registry();
    registrations.accept(registry);
    return new Retold(registry, codec, question);
  }

  private static void tell(
      Consumer<Registrations> registrations,
      PayloadCodec codec,
      Function<Replay, Verdict> question,
      Path... files) {
    Retold retold = retold(registrations, codec, question);
    List<Path> all = HistoryFiles.in(files);
    for (Path file : all) {
      try {
        retold.tell(file + ", ", HistoryFiles.read(file));
      } catch (WorldException e) {
        retold.add(String.valueOf(e.getMessage()));
      }
    }
    fail(retold, "files: " + all.size());
  }

  private static void fail(Retold retold, String howMany) {
    if (!retold.faults().isEmpty()) {
      throw new AssertionError(
          retold.faults().stream()
              .collect(
                  Collectors.joining(
                      "\n",
                      "these histories do not fit the code (" + howMany + "):\n",
                      "\n" + CURE)));
    }
  }
}

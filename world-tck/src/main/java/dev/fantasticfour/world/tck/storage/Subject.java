package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.BatchRules;
import dev.fantasticfour.world.core.rules.FoldedEntities;
import dev.fantasticfour.world.core.rules.NameState;
import dev.fantasticfour.world.core.rules.Ruling;
import dev.fantasticfour.world.core.rules.RunFold;
import dev.fantasticfour.world.core.rules.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run of which the kit knows all that the rules need to know, so that it can ask the rules and
 * the adapter the same question.
 */
final class Subject {

  private final StorageScene scene;
  private final RunId run;
  private final Map<String, NameState> names;
  private List<Event> log;
  private RunFold fold;
  private long epoch;
  private @Nullable WorkerId owner;

  /**
   * A run as it stands now.
   *
   * @param names tokens and run keys that other runs hold
   */
  Subject(
      StorageScene scene,
      RunId run,
      long epoch,
      @Nullable WorkerId owner,
      Map<String, NameState> names) {
    this.scene = scene;
    this.run = run;
    this.epoch = epoch;
    this.owner = owner;
    this.names = names;
    this.log = scene.log(run);
    this.fold = folded();
  }

  private RunFold folded() {
    RunFold fresh = new RunFold(run);
    log.forEach(fresh::apply);
    return fresh;
  }

  RunId run() {
    return run;
  }

  long epoch() {
    return epoch;
  }

  long last() {
    return log.size();
  }

  List<Event> log() {
    return log;
  }

  /** The run changed hands. */
  void custody(long newEpoch, @Nullable WorkerId newOwner) {
    epoch = newEpoch;
    owner = newOwner;
  }

  /** What the rules say to a batch of those drafts. */
  private Ruling ruling(Batch batch, List<Event> unseen) {
    RunState state =
        log.isEmpty() ? RunState.ABSENT : new RunState.Present(fold.status(), epoch, owner);
    return BatchRules.judge(
        run,
        state,
        new FoldedEntities(fold, new HeldNames(run, fold, names)),
        batch,
        batch.drafts(),
        unseen,
        Instant.now());
  }

  private List<Event> unseen(Authority by) {
    return by instanceof Authority.Owner asOwner
        ? log.stream().filter(e -> e.position() > asOwner.seen() && !e.byOwner()).toList()
        : List.of();
  }

  /**
   * Asks both. After an accepted batch the log is read anew.
   *
   * @return what is wrong with the adapter's answer; empty when nothing is
   */
  Optional<String> ask(Authority by, Draft... drafts) {
    Batch batch = StorageScene.batch(run, by, drafts);
    List<Event> unseen = unseen(by);
    Ruling ruling = ruling(batch, unseen);
    AppendResult result = StorageScene.append(scene.storage(), batch);
    boolean same =
        switch (ruling) {
          case Ruling.Refused(AppendResult.TooEarly expected) ->
              result instanceof AppendResult.TooEarly;
          case Ruling.Refused refused -> refused.result().equals(result);
          case Ruling.Accepted accepted ->
              result instanceof AppendResult.Appended appended
                  && appended.unseen().equals(unseen)
                  && entries(appended.events()).equals(accepted.entries())
                  && (appended.events().isEmpty()
                      || appended.events().getFirst().position() == last() + 1);
        };
    if (ruling instanceof Ruling.Accepted || result instanceof AppendResult.Appended) {
      log = scene.log(run);
      fold = folded();
    }
    return same
        ? Optional.empty()
        : Optional.of("the rules say " + ruling + "\n    and the adapter says " + result);
  }

  /** Whether the log is what it was when it was last read: what was refused left no trace. */
  boolean isUntouched() {
    return scene.log(run).equals(log);
  }

  private static List<Ruling.Entry> entries(List<Event> events) {
    return events.stream()
        .map(
            event ->
                new Ruling.Entry(
                    new Draft(event.correlationId(), event.occurredAt(), event.fact()),
                    event.seen()))
        .toList();
  }
}

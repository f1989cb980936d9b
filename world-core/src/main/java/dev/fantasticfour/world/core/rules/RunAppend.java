package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A batch for one run: judged, and kept when it is accepted. */
final class RunAppend {

  private final LockedStore store;
  private final RunId run;
  private final Batch batch;
  private final List<Draft> drafts;
  private final Map<RunId, Birth> births;
  private final LockedLog log;
  private final Instant now;

  /**
   * @param run the run it is for, whatever it was addressed by
   * @param drafts what is said of that run
   */
  RunAppend(LockedStore store, RunId run, Batch batch, List<Draft> drafts, Instant now) {
    this.store = store;
    this.run = run;
    this.batch = batch;
    this.drafts = drafts;
    this.births = Births.of(drafts);
    this.log = store.log(run);
    this.now = now;
  }

  /** With everything in the state that it is in. */
  AppendResult append() {
    return append(UnaryOperator.identity(), () -> {});
  }

  /**
   * @param finds in which states the batch finds things, from those that they are in
   * @param makeWay what has to be done before the batch is kept, once it is accepted
   */
  AppendResult append(UnaryOperator<Entities> finds, Runnable makeWay) {
    List<Event> before = log.ofBatch(batch.id());
    if (!before.isEmpty()) {
      List<Event> unseen = unseen(before.getFirst().position() - 1);
      String taskQueue = log.head().orElseThrow().taskQueue();
      return new AppendResult.Repeated(run, before, log.custody().owner(), taskQueue, unseen);
    }
    Optional<LogHead> head = log.head();
    long last = head.map(LogHead::position).orElse(0L);
    RunState state =
        head.<RunState>map(end -> log.custody().state(end.status())).orElse(RunState.ABSENT);
    List<Event> unseen = unseen(last);
    Entities entities = finds.apply(log.entities());
    return switch (BatchRules.judge(run, state, entities, batch, drafts, unseen, now)) {
      case Ruling.Refused refused -> refused(refused.result(), head);
      case Ruling.Accepted accepted -> {
        Optional<RunId> taken = takenId();
        yield taken.isPresent()
            ? exists(taken.get())
            : kept(accepted, head.orElse(null), unseen, makeWay);
      }
    };
  }

  /** Who comes after the run has handed over is told where it goes on. */
  private static AppendResult refused(AppendResult result, Optional<LogHead> head) {
    return result instanceof AppendResult.Closed closed
        ? new AppendResult.Closed(closed.status(), head.map(LogHead::continuedTo).orElse(null))
        : result;
  }

  private static AppendResult exists(RunId taken) {
    return new AppendResult.Conflict(
        AppendResult.Conflict.Reason.EXISTS, taken.value(), null, null);
  }

  /** Of the runs that are to come to be, one that is there. */
  private Optional<RunId> takenId() {
    return births.isEmpty() ? Optional.empty() : store.known(births.keySet()).stream().findFirst();
  }

  private AppendResult kept(
      Ruling.Accepted accepted, @Nullable LogHead head, List<Event> unseen, Runnable makeWay) {
    makeWay.run();
    // Places are given after the verdict and under the lock (law L2).
    long last = head == null ? 0 : head.position();
    Instant lastCreatedAt = head == null ? now : head.createdAt();
    List<Event> placed =
        Sequencer.of(run, batch.id(), accepted.entries(), last, lastCreatedAt, now);
    Custody found = head == null ? born(placed) : log.custody();
    Custody custody =
        found.after(
            batch,
            !placed.isEmpty(),
            // Whoever ends over signals, or hands over, leaves nothing to be told of.
            !unseen.isEmpty() && !isEnded(placed),
            last + placed.size());
    if (isEnded(placed)) {
      custody = custody.ended();
    }
    String taskQueue = head == null ? taskQueue(placed) : head.taskQueue();
    log.keep(new LockedLog.Kept(batch, placed, custody, born(placed, unseen, taskQueue)));
    return new AppendResult.Appended(run, placed, custody.owner(), taskQueue, unseen);
  }

  private List<Born> born(List<Event> placed, List<Event> unseen, String taskQueue) {
    if (births.isEmpty()) {
      return List.of();
    }
    Births begun = new Births(batch.id(), taskQueue, log.pin(), log.custody().hold(), now);
    for (Event event : placed) {
      if (event.fact() instanceof ChildFact.Created child) {
        begun.child(event, Objects.requireNonNull(births.get(new RunId(child.childRun()))));
      }
      if (event.fact() instanceof RunFact.Continued continued) {
        Birth birth = Objects.requireNonNull(births.get(new RunId(continued.nextRun())));
        Heritage heritage = log.heritage().after(placed);
        begun.successor(event, birth, heritage, left(continued.carried(), unseen, heritage));
      }
    }
    return begun.born();
  }

  /** What its code was told of and has not read, and what it was not told of, in log order. */
  private List<Event> left(List<Long> carried, List<Event> unseen, Heritage heritage) {
    Map<Long, Event> left = new TreeMap<>();
    for (Event event : log.at(new HashSet<>(carried))) {
      if (!event.byOwner()) {
        left.put(event.position(), event);
      }
    }
    unseen.forEach(event -> left.put(event.position(), event));
    return new HookHeirs(log, heritage).of(List.copyOf(left.values()));
  }

  private static boolean isEnded(List<Event> placed) {
    return !placed.isEmpty() && placed.getLast().type().endsRun();
  }

  private List<Event> unseen(long upTo) {
    return batch.authority() instanceof Authority.Owner owner
        ? log.byOthers(owner.seen(), upTo)
        : List.of();
  }

  private static Custody born(List<Event> placed) {
    return !placed.isEmpty() && placed.getFirst().fact() instanceof Fact.RunCreated created
        ? Custody.of(created)
        : Custody.NEW;
  }

  /** Where the wake-ups of a run that is just created go while nobody owns it. */
  private static String taskQueue(List<Event> placed) {
    return placed.getFirst().fact() instanceof Fact.RunCreated created ? created.taskQueue() : "";
  }
}

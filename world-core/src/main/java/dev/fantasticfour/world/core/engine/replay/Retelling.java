package dev.fantasticfour.world.core.engine.replay;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.history.Divergence;
import dev.fantasticfour.world.core.engine.history.EntityIds;
import dev.fantasticfour.world.core.engine.history.Recorded;
import dev.fantasticfour.world.core.engine.history.ReplayOrder;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.program.Ledger;
import dev.fantasticfour.world.core.engine.program.Lineage;
import dev.fantasticfour.world.core.engine.program.OpenHooks;
import dev.fantasticfour.world.core.engine.program.Program;
import dev.fantasticfour.world.core.engine.program.Standstill;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A log told from its beginning to fresh code that reaches nothing: no store, no clock, no body of
 * a step. What it logs is not heard. For one thread; the code runs on threads of its own until this
 * is closed.
 */
public final class Retelling implements AutoCloseable {

  /** Stands for what would be chosen by chance. */
  static final String NOBODYS_TOKEN = "the token of nobody";

  static final RunId NOBODYS_RUN = new RunId("wrun_nobody");

  private final List<Event> log;
  private final PayloadCodec codec;
  private final Strand strand;
  private final Program program;
  private final Ledger ledger;
  private final ReplayOrder.Replay order;
  private final Deque<Event> lastAnswers = new ArrayDeque<>();
  private final Deque<Event> untold;
  private final LastDecision lastDecision;
  private @Nullable Standstill incomplete;
  private @Nullable Event toldAfterItsEnd;

  /**
   * @param threads for the coroutines of the code
   * @param log from {@code run_created} on, of whole batches
   * @throws IllegalArgumentException when it does not begin with that
   */
  public Retelling(
      Definition<?, ?> definition, PayloadCodec codec, ThreadFactory threads, List<Event> log) {
    this(definition, codec, threads, log, log);
  }

  /**
   * Tells the beginning of a log.
   *
   * @param whole all of it: when the run started, and which changes it does not take, its code is
   *     to know though that stands behind what it is told
   */
  Retelling(
      Definition<?, ?> definition,
      PayloadCodec codec,
      ThreadFactory threads,
      List<Event> log,
      List<Event> whole) {
    if (log.isEmpty() || !(log.getFirst().fact() instanceof Fact.RunCreated created)) {
      throw new IllegalArgumentException("a history begins with run_created, this one does not");
    }
    RunId run = log.getFirst().run();
    this.log = log;
    this.codec = codec;
    this.order = ReplayOrder.of(log);
    this.untold = new ArrayDeque<>(order.untold());
    this.lastDecision = LastDecision.of(log);
    this.ledger =
        new Ledger(
            EntityIds.of(run, created),
            new Recorded(withChangesNotTaken(log, whole)),
            () -> log.getLast().createdAt(),
            ReplayOrder.started(whole).orElse(log.getFirst().occurredAt()));
    // Time stands still: nobody asks here whether the code takes long.
    this.strand = new Strand(run.value(), threads, () -> 0L);
    this.program =
        new Program(
            run,
            definition,
            strand,
            ledger,
            codec,
            new Lineage(run, created),
            () -> NOBODYS_TOKEN,
            () -> NOBODYS_RUN,
            new OpenHooks());
  }

  /** Code that was there before a change did not ask for it, and wrote no answer down. */
  private static List<Event> withChangesNotTaken(List<Event> log, List<Event> whole) {
    if (log.size() == whole.size()) {
      return log;
    }
    List<Event> more = new ArrayList<>(log);
    for (Event event : whole.subList(log.size(), whole.size())) {
      if (Batches.isNotTaken(event.fact())) {
        more.add(event);
      }
    }
    return more;
  }

  /** Tells all but the answers of the last batch, which live code is told in its next turn. */
  public void tellRecorded() {
    List<Event> told = new ArrayList<>(order.told());
    for (int i = 0; i < order.lastAnswers(); i++) {
      lastAnswers.addFirst(told.removeLast());
    }
    ledger.replays(told.size());
    order.before().forEach(program::inherit);
    program.begin(((Fact.RunCreated) log.getFirst().fact()).input(), true);
    told.forEach(this::tellAgain);
  }

  /** Whether the last batch has answers that the code is still to be told. */
  public boolean hasAnswers() {
    return !lastAnswers.isEmpty();
  }

  /** Tells the answers of the last batch; from then on the code may ask for what is new. */
  public void answer() {
    lastAnswers.forEach(this::tell);
    lastAnswers.clear();
    if (standstill() == null) {
      try {
        ledger.endReplay(codec::hash);
      } catch (Divergence e) {
        incomplete = Standstill.ofDifference(e);
      }
    }
  }

  /** Tells the next event that no batch has seen. Returns false when there is none. */
  public boolean tellUntold() {
    Event next = untold.poll();
    if (next != null) {
      tell(next);
    }
    return next != null;
  }

  /** The next event that no batch has seen, or null. */
  @Nullable Event nextUntold() {
    return untold.peek();
  }

  /** Tells something that comes after this log. */
  void tell(Event event) {
    if (standstill() == null) {
      program.tell(
          event.correlationId(),
          event.fact(),
          event.occurredAt(),
          event.position(),
          () -> ledger.notAsked(event));
    }
  }

  private void tellAgain(Event event) {
    if (toldAfterItsEnd == null && program.hasEnded() && !lastDecision.isToldFor(event)) {
      toldAfterItsEnd = event;
    }
    tell(event);
  }

  /** What the code wants recorded, and which bodies it wants run. */
  public Program program() {
    return program;
  }

  /** Whether it asks for anything that is not recorded, but for bodies of steps. */
  public boolean asksForMore() {
    return ledger.hasDrafts();
  }

  /** Why it cannot go on, or null. */
  public @Nullable Standstill standstill() {
    return incomplete == null ? program.standstill() : incomplete;
  }

  /** How the code ended, or null. */
  public @Nullable Fact end() {
    return program.end();
  }

  /** What the code was told of only after it had ended, other than together with that; or null. */
  @Nullable Event toldAfterItsEnd() {
    return toldAfterItsEnd;
  }

  /** Lets the threads of the code go. */
  @Override
  public void close() {
    strand.detach();
  }
}

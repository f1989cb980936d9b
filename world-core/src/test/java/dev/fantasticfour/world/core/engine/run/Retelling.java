package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.history.Recorded;
import dev.fantasticfour.world.core.engine.history.ReplayOrder;
import dev.fantasticfour.world.core.engine.program.Ledger;
import dev.fantasticfour.world.core.engine.program.Lineage;
import dev.fantasticfour.world.core.engine.program.OpenHooks;
import dev.fantasticfour.world.core.engine.program.Program;
import dev.fantasticfour.world.core.engine.program.Standstill;
import dev.fantasticfour.world.core.engine.turn.ProgramLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A log told from the beginning to code that reaches nothing. */
final class Retelling implements AutoCloseable {

  private static final PayloadCodec CODEC = new JacksonPayloadCodec();

  private final Interpreter code;
  private final Strand strand;
  private final Program program;
  private final Ledger ledger;
  private final List<Event> lastAnswers = new ArrayList<>();
  private final List<Event> untold;
  private boolean goesOn;

  /** Tells all but the answers of the last batch, which the live run is told in its next turn. */
  Retelling(List<Op> script, List<Event> log) {
    this.code = new Interpreter(script);
    this.ledger =
        new Ledger(
            log.getFirst().run(),
            new Recorded(log),
            () -> log.getLast().createdAt(),
            ProgramLoader.started(log).orElse(log.getFirst().occurredAt()));
    this.strand = new Strand("retelling", Thread.ofVirtual()::unstarted, System::nanoTime);
    this.program =
        new Program(
            log.getFirst().run(),
            code.definition(),
            strand,
            ledger,
            CODEC,
            new Lineage(log.getFirst().run(), (Fact.RunCreated) log.getFirst().fact()),
            () -> "no token",
            () -> new RunId("wrun_nobody"),
            new OpenHooks());
    ReplayOrder.Replay order = ReplayOrder.of(log);
    List<Event> told = new ArrayList<>(order.told());
    this.untold = new ArrayList<>(order.untold());
    String lastBatch =
        log.stream().filter(Event::byOwner).map(Event::batchId).reduce("", (a, b) -> b);
    while (!told.isEmpty()
        && told.getLast().batchId().equals(lastBatch)
        && ReplayOrder.roleOf(told.getLast()) == ReplayOrder.Role.ANSWER) {
      lastAnswers.addFirst(told.removeLast());
    }
    ledger.replays(order.told().size() - order.lastAnswers());
    order.before().forEach(program::inherit);
    program.begin(((Fact.RunCreated) log.getFirst().fact()).input(), true);
    told.forEach(this::tell);
  }

  /** Tells the answers of the last batch; from then on the code may ask for what is new. */
  void answer() {
    goesOn = !lastAnswers.isEmpty();
    lastAnswers.forEach(this::tell);
    lastAnswers.clear();
    program.endReplay();
  }

  /** Tells the next event that no batch has seen. Returns false when there is none. */
  boolean tellUntold() {
    if (untold.isEmpty()) {
      return false;
    }
    tell(untold.removeFirst());
    return true;
  }

  Map<String, List<String>> transcript() {
    return code.latest().copy();
  }

  /** Once all was told: whether it shows anything that the log does not. */
  boolean showsMore() {
    return !goesOn
        && ledger.take().stream()
            .anyMatch(draft -> draft.fact().type() == EventType.STATE_PUBLISHED);
  }

  /** Whether it asks for anything that is not recorded. */
  boolean asksForMore() {
    return ledger.hasDrafts();
  }

  /** Why it cannot go on, or null. */
  @Nullable Standstill standstill() {
    return program.standstill();
  }

  /** How its code ended, or null. */
  @Nullable Fact end() {
    return program.end();
  }

  private void tell(Event event) {
    if (program.standstill() == null) {
      program.tell(
          event.correlationId(),
          event.fact(),
          event.occurredAt(),
          event.position(),
          () -> ledger.notAsked(event));
    }
  }

  @Override
  public void close() {
    strand.detach();
  }
}

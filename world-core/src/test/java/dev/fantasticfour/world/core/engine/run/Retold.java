package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.program.Standstill;
import dev.fantasticfour.world.core.engine.replay.Retelling;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A script to which a log is told from the beginning. */
final class Retold implements AutoCloseable {

  private static final PayloadCodec CODEC = new JacksonPayloadCodec();

  private final Interpreter code;
  private final Retelling retelling;
  private final boolean isAnswered;

  /** Tells all but the answers of the last batch, which the live run is told in its next turn. */
  Retold(List<Op> script, List<Event> log) {
    this.code = new Interpreter(script);
    this.retelling = new Retelling(code.definition(), CODEC, Thread.ofVirtual()::unstarted, log);
    retelling.tellRecorded();
    this.isAnswered = retelling.hasAnswers();
  }

  void answer() {
    retelling.answer();
  }

  boolean tellUntold() {
    return retelling.tellUntold();
  }

  Map<String, List<String>> transcript() {
    return code.latest().copy();
  }

  /** Once all was told: whether it shows anything that the log does not. */
  boolean showsMore() {
    return !isAnswered
        && retelling.program().ledger().take().stream()
            .anyMatch(draft -> draft.fact().type() == EventType.STATE_PUBLISHED);
  }

  boolean asksForMore() {
    return retelling.asksForMore();
  }

  @Nullable Standstill standstill() {
    return retelling.standstill();
  }

  @Nullable Fact end() {
    return retelling.end();
  }

  @Override
  public void close() {
    retelling.close();
  }
}

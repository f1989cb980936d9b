package dev.fantasticfour.world.core.engine.replay;

import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.export.HistoryHeader;
import dev.fantasticfour.world.core.engine.export.RunHistory;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.rules.Erasure;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

/**
 * What becomes of histories with certain code: each is told to the workflow of its name, if it can
 * be told at all and there is one. For one thread.
 */
public final class Rehearsal {

  private final Function<String, Optional<Definition<?, ?>>> workflows;
  private final PayloadCodec codec;
  private final Function<Replay, Verdict> question;
  private final ThreadFactory threads;

  /**
   * @param workflows the code, by name
   * @param codec that can read the payloads of all histories
   * @param question what is asked of each: {@link Replay#verdict} or {@link Replay#everywhere}
   * @param threads on which the code is told
   */
  public Rehearsal(
      Function<String, Optional<Definition<?, ?>>> workflows,
      PayloadCodec codec,
      Function<Replay, Verdict> question,
      ThreadFactory threads) {
    this.workflows = workflows;
    this.codec = codec;
    this.question = question;
    this.threads = threads;
  }

  /** What becomes of a history. */
  public sealed interface Answer {

    /** Whether a run with this history goes on with this code. */
    default boolean agrees() {
      return this instanceof Told told && told.verdict().agrees();
    }
  }

  /** It was told. */
  public record Told(Verdict verdict) implements Answer {}

  /** No workflow of its name is registered. */
  public record Unregistered() implements Answer {}

  /**
   * What the code was told is not in it.
   *
   * @param why as the rest of a sentence: "the run was erased"
   */
  public record Untold(String why) implements Answer {}

  /** Tells a history. */
  public Answer of(RunHistory history) {
    HistoryHeader header = history.header();
    if (header.isRedacted()) {
      return new Untold(
          history.events().stream().anyMatch(event -> Erasure.isErased(event.fact()))
              ? "the run was erased, so that what the code was told is nowhere any more"
              : "it was exported with --redact, so that what the code was told is not in it. Export"
                  + " the run again without that");
    }
    return workflows
        .apply(header.workflow())
        .<Answer>map(
            code -> new Told(question.apply(new Replay(code, codec, threads, history.events()))))
        .orElseGet(Unregistered::new);
  }
}

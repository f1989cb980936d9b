package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.List;
import java.util.function.UnaryOperator;

/** Appends something else than what it was given. */
final class WrongBatches extends ForwardingStorage {

  private final UnaryOperator<Batch> wrong;

  WrongBatches(Storage inner, UnaryOperator<Batch> wrong) {
    super(inner);
    this.wrong = wrong;
  }

  /** With other facts. */
  static Storage withFacts(Storage inner, UnaryOperator<Fact> wrong) {
    return new WrongBatches(
        inner,
        batch ->
            new Batch(
                batch.id(),
                batch.target(),
                batch.authority(),
                batch.claim(),
                batch.drafts().stream()
                    .map(
                        draft ->
                            new Draft(
                                draft.correlationId(),
                                draft.occurredAt(),
                                wrong.apply(draft.fact())))
                    .toList()));
  }

  @Override
  public List<AppendResult> append(List<Batch> batches) {
    return super.append(batches.stream().map(wrong).toList());
  }
}

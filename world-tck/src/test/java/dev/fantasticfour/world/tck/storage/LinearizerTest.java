package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.StorageScene.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult.Conflict.Reason;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.tck.storage.History.Call;
import dev.fantasticfour.world.tck.storage.History.Op;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The search for a legal order finds one where there is one, and only there. */
final class LinearizerTest {

  private final RunId run = new RunId(RunId.PREFIX + Fresh.ulid(Instant.now()));
  private final List<Batch> setup = List.of(append(Drafts.created("w"), Drafts.started()));
  private final Batch create = append(Drafts.stepCreated("step_1"));
  private final Batch createToo = append(Drafts.stepCreated("step_1"));

  private Batch append(Draft... drafts) {
    return batch(run, Authority.ANYONE, drafts);
  }

  private boolean isLegal(Call... calls) {
    return Linearizer.order(new History(setup, List.of(calls)), InstantSource.system()).isPresent();
  }

  @Test
  void callsOneAfterAnotherWithTheirAnswersAreLegal() {
    assertThat(
            isLegal(
                new Call(Op.append(create), 0, 1, "appended [3 step_created]"),
                new Call(Op.view(run), 2, 3, "RUNNING at 3")))
        .isTrue();
  }

  @Test
  void aReadThatOverlapsAWriteMaySeeItOrNot() {
    Call write = new Call(Op.append(create), 0, 10, "appended [3 step_created]");
    assertThat(isLegal(write, new Call(Op.view(run), 5, 6, "RUNNING at 2"))).isTrue();
    assertThat(isLegal(write, new Call(Op.view(run), 5, 6, "RUNNING at 3"))).isTrue();
  }

  @Test
  void aReadAfterAWriteMustSeeIt() {
    assertThat(
            isLegal(
                new Call(Op.append(create), 0, 1, "appended [3 step_created]"),
                new Call(Op.view(run), 2, 3, "RUNNING at 2")))
        .isFalse();
  }

  @Test
  void twoReadersMustNotSeeTwoOrders() {
    Call write = new Call(Op.append(create), 0, 10, "appended [3 step_created]");
    assertThat(
            isLegal(
                write,
                new Call(Op.view(run), 1, 2, "RUNNING at 3"),
                new Call(Op.view(run), 3, 4, "RUNNING at 2")))
        .isFalse();
  }

  @Test
  void ofTwoCreationsOnlyOneMayBeAccepted() {
    Call first = new Call(Op.append(create), 0, 10, "appended [3 step_created]");
    assertThat(isLegal(first, new Call(Op.append(createToo), 0, 10, "appended [4 step_created]")))
        .isFalse();
    assertThat(
            isLegal(
                first,
                new Call(
                    Op.append(createToo),
                    0,
                    10,
                    Refusals.conflict(Reason.EXISTS, "step_1").toString())))
        .isTrue();
  }
}

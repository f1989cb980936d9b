package dev.fantasticfour.world.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReductionTest {

  private static final WorkerId WORKER = new WorkerId("wrkr_1");
  private static final Authority OWNER = new Authority.Owner(WORKER, 3, 7, Due.NEVER);
  private static final Site SITE = Site.named("n");

  private static Reduction reduce(Authority by, @Nullable String about, Fact fact) {
    return reduce(by, null, new Draft(about, Instant.EPOCH, fact)).getFirst();
  }

  private static List<Reduction> reduce(Authority by, @Nullable WorkerId claim, Draft... drafts) {
    Batch batch = new Batch("btch_1", new Target.OfRun(new RunId("r")), by, claim, List.of(drafts));
    return Reduction.of(batch, batch.drafts());
  }

  private static Fact.RunCreated creation(@Nullable Payload input) {
    return new Fact.RunCreated("f", "d", 1, "q", input, null, null, Map.of(), null);
  }

  @Test
  void theRunLetsThroughWhatItsStateAndTheAuthorityAllow() {
    assertThat(reduce(Authority.ANYONE, "h", new Fact.HookReceived(null)).gate())
        .isEqualTo("nKKKKh");
    assertThat(reduce(Authority.ANYONE, "w", new Fact.WaitCreated(null, Instant.EPOCH)).gate())
        .isEqualTo("nKKaac");
    assertThat(reduce(OWNER, "h", new Fact.HookReceived(null)).gate()).isEqualTo("naaaah");
    assertThat(reduce(Authority.ANYONE, null, creation(null)).gate()).isEqualTo("Keeeee");
    assertThat(reduce(OWNER, null, creation(null)).gate()).isEqualTo("feeeee");
  }

  @Test
  void aStartCreatesItsRunOnlyWhenItBringsEverything() {
    Fact poor = new Fact.RunStarted(creation(null));
    Fact rich = new Fact.RunStarted(creation(Payload.json("1")));
    assertThat(reduce(Authority.ANYONE, null, poor).gate()).isEqualTo("nKUaac");
    assertThat(reduce(Authority.ANYONE, null, rich).gate()).isEqualTo("CKUaac");
    assertThat(reduce(OWNER, null, rich).gate()).isEqualTo("nKUKUc");
    assertThat(reduce(OWNER, null, rich).runAfter()).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void aStepIsCreatedByWhateverBringsItsSite() {
    assertThat(reduce(OWNER, "s", new Fact.StepCompleted(SITE, 1, null, null)).guard())
        .isEqualTo("KKKsKKKs");
    assertThat(reduce(OWNER, "s", new Fact.StepCompleted(null, 1, null, null)).guard())
        .isEqualTo("pKKspKKs");
    assertThat(reduce(OWNER, "s", new Fact.StepCreated(SITE, null)).guard()).isEqualTo("KeeeKeee");
  }

  @Test
  void theHolderOfAnAttemptMustFindItCounted() {
    Authority holder = new Authority.AttemptHolder("s", 2);
    Reduction started = reduce(holder, "s", new Fact.StepStarted(SITE, 2, null));
    assertThat(started.guard()).isEqualTo("pKKsptts");
    assertThat(started.expects()).isEqualTo(1);
    assertThat(started.early()).isTrue();
    Reduction completed = reduce(holder, "s", new Fact.StepCompleted(null, 2, null, null));
    assertThat(completed.guard()).isEqualTo("ptKsptts");
    assertThat(completed.expects()).isEqualTo(2);
    assertThat(reduce(holder, "s", new Fact.StepCompleted(null, 3, null, null)).guard())
        .isEqualTo("pttsptts");
    assertThat(reduce(holder, "x", new Fact.StepStarted(null, 2, null)).gate()).isEqualTo("naaaac");
  }

  @Test
  void hooksAndWaitsGoThroughTheirStates() {
    assertThat(reduce(OWNER, "h", new Fact.HookCreated(null, "t", null, null)).guard())
        .isEqualTo("Kee");
    assertThat(reduce(OWNER, "h", new Fact.HookDisposed()).guard()).isEqualTo("hKh");
    assertThat(reduce(OWNER, "h", new Fact.HookDisposed()).next()).isEqualTo(3);
    assertThat(reduce(OWNER, "w", new Fact.WaitCompleted()).guard()).isEqualTo("wKss");
    assertThat(reduce(OWNER, "w", new Fact.WaitCancelled()).next()).isEqualTo(4);
    assertThat(reduce(OWNER, "w", new Fact.WaitCancelled()).statusAfter()).isEqualTo("cancelled");
  }

  @Test
  void whoClaimsARunWithItsCreationSaysTheRestAsItsOwner() {
    List<Reduction> reductions =
        reduce(
            Authority.ANYONE,
            WORKER,
            new Draft(null, Instant.EPOCH, creation(null)),
            new Draft(null, Instant.EPOCH, new Fact.RunStarted(null)));
    assertThat(reductions).extracting(Reduction::byOwner).containsExactly(false, true);
    assertThat(reductions.get(1).gate()).isEqualTo("nKUKUc");
  }
}

package dev.fantasticfour.world.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ShapeTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Target RUN = new Target.OfRun(new RunId("r"));
  private static final WorkerId WORKER = new WorkerId("w");

  private static ErrorCode codeOf(Target target, Authority by, WorkerId claim, Draft draft) {
    WorldException thrown =
        catchThrowableOfType(
            WorldException.class,
            () -> Shape.check(new Batch("b", target, by, claim, List.of(draft))));
    return thrown == null ? null : thrown.code();
  }

  private static ErrorCode codeOf(String id, Fact fact) {
    return codeOf(RUN, Authority.ANYONE, null, new Draft(id, NOW, fact));
  }

  private static Fact.RunCreated created(String workflow, String build, int spec, String queue) {
    return new Fact.RunCreated(
        workflow, build, spec, queue, Payload.json("1"), null, null, Map.of(), null);
  }

  @Test
  void correlationIdsStandExactlyOnWhatIsNotAboutTheRun() {
    assertThat(codeOf(null, new Fact.WaitCompleted())).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(codeOf("w", new Fact.RunCancelled(null))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(codeOf("w", new Fact.WaitCompleted())).isNull();
    for (String bad : List.of("", "a/b", "a\\b", "a.b", "a\0", "x".repeat(256), "a\uD800")) {
      assertThat(codeOf(bad, new Fact.WaitCompleted())).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }
  }

  @Test
  void namesAreNeverEmptyAndTokensAreLimited() {
    assertThat(codeOf(null, created("", "b", 6, "q"))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(codeOf(null, created("w", "", 6, "q"))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(codeOf(null, created("w", "b", 6, ""))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(codeOf(null, created("w\0", "b", 6, "q"))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(codeOf(null, created("w//x %'\"[] \uD83D\uDE00", "b", 6, "q"))).isNull();
    for (String bad : List.of("", "a\0b", "x".repeat(4097))) {
      assertThat(codeOf("h", new Fact.HookCreated(null, bad, null, null)))
          .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }
    assertThat(codeOf("s", new Fact.StepCancelled(new Site("", "", 0))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  /** What is owed to a run that there can never be would be owed for ever. */
  @Test
  void whatIsSentGoesToARunThatThereMayBe() {
    for (String bad : List.of("", "a/b", "a.b", "x".repeat(256), "a\uD800")) {
      assertThat(codeOf("s", new SendFact.SignalSent(Site.named("s"), bad, "s", null)))
          .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }
    assertThat(codeOf("s", new SendFact.SignalSent(Site.named("s"), "a b", "s", null))).isNull();
  }

  @Test
  void anEmptyNameInAStartIsNoErrorButFindsNoRun() {
    assertThat(codeOf(null, new Fact.RunStarted(created("", "b", 6, "q")))).isNull();
    assertThat(Transitions.isResilientStart(new Fact.RunStarted(created("", "b", 6, "q"))))
        .isFalse();
    assertThat(Transitions.isResilientStart(new Fact.RunStarted(created("w", "b", 6, "q"))))
        .isTrue();
  }

  @Test
  void newerProtocolsAreNotSupported() {
    assertThat(codeOf(null, created("w", "b", Protocol.SPEC_VERSION + 1, "q")))
        .isEqualTo(ErrorCode.RUN_NOT_SUPPORTED);
    assertThat(codeOf(null, created("w", "b", 0, "q"))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(codeOf(null, created("w", "b", 1, "q"))).isNull();
  }

  @Test
  void onlyTheStoreWritesConflicts() {
    assertThat(codeOf("h", new Fact.HookConflict(null, "t", "r")))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void aTokenTakesPayloadsOnly() {
    Target token = new Target.OfHook("t");
    Draft received = new Draft(null, NOW, new Fact.HookReceived(null));
    assertThat(codeOf(token, Authority.ANYONE, null, received)).isNull();
    Draft named = new Draft("h", NOW, new Fact.HookReceived(null));
    assertThat(codeOf(token, Authority.ANYONE, null, named)).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    Draft disposed = new Draft(null, NOW, new Fact.HookDisposed());
    assertThat(codeOf(token, Authority.ANYONE, null, disposed))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void claimsComeWithACreationByAnyone() {
    Draft creation = new Draft(null, NOW, created("w", "b", 6, "q"));
    Authority owner = new Authority.Owner(WORKER, 1, 0, Due.NOW);
    assertThat(codeOf(RUN, Authority.ANYONE, WORKER, creation)).isNull();
    assertThat(codeOf(RUN, owner, WORKER, creation)).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    Draft started = new Draft(null, NOW, new Fact.RunStarted(null));
    assertThat(codeOf(RUN, Authority.ANYONE, WORKER, started))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void instantsLieInTheYearsThatEveryStoreKeeps() {
    assertThat(codeOf("w", new Fact.WaitCreated(null, Instant.MAX)))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThatCode(() -> codeOf("w", new Fact.WaitCreated(null, Instant.EPOCH)))
        .doesNotThrowAnyException();
    assertThat(codeOf("w", new Fact.WaitCreated(null, Shape.LATEST))).isNull();
  }
}

package dev.fantasticfour.world.core.memory;

import static dev.fantasticfour.world.core.memory.Scene.ANN;
import static dev.fantasticfour.world.core.memory.Scene.PAYLOAD;
import static dev.fantasticfour.world.core.memory.Scene.SITE;
import static dev.fantasticfour.world.core.memory.Scene.accepted;
import static dev.fantasticfour.world.core.memory.Scene.completed;
import static dev.fantasticfour.world.core.memory.Scene.creation;
import static dev.fantasticfour.world.core.memory.Scene.hook;
import static dev.fantasticfour.world.core.memory.Scene.received;
import static dev.fantasticfour.world.core.memory.Scene.run;
import static dev.fantasticfour.world.core.memory.Scene.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.AppendResult.Conflict;
import dev.fantasticfour.world.core.port.AppendResult.NotFound;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MemoryAppendTest {

  private final Scene scene = new Scene();

  @AfterEach
  void theLogIsLegalAndEveryViewIsItsFold() {
    scene.audit();
  }

  @Test
  void anAppendAnswersWithWhatIsReadLater() {
    RunId run = scene.unclaimed("r");
    Fact wait = new Fact.WaitCreated(SITE, Instant.parse("2030-01-01T00:00:00.123456789Z"));
    List<Event> events =
        accepted(
            scene.anyone(
                run,
                scene.about("s", new Fact.StepCreated(SITE, PAYLOAD)),
                scene.about("w", wait)));
    assertThat(scene.storage.history(run, 2, 10)).isEqualTo(events);
    assertThat(events).extracting(Event::position).containsExactly(3L, 4L);
    assertThat(scene.storage.waits(run).getFirst().resumeAt())
        .isEqualTo("2030-01-01T00:00:00.123456Z");
    assertThat(scene.storage.event(run, events.getFirst().id())).contains(events.getFirst());
    assertThat(scene.storage.event(run("other"), events.getFirst().id())).isEmpty();
  }

  @Test
  void createdAtGrowsByAMicrosecondWhileTheClockGoesBack() {
    RunId run = scene.unclaimed("r");
    scene.clock.advance(Duration.ofHours(-1));
    scene.anyone(run, new Fact.CancelRequested("a"), new Fact.CancelRequested("b"));
    List<Event> log = scene.log(run);
    assertThat(log).hasSize(4);
    for (int i = 1; i < log.size(); i++) {
      assertThat(log.get(i).createdAt())
          .isEqualTo(log.get(i - 1).createdAt().plus(1, ChronoUnit.MICROS));
    }
  }

  @Test
  void aBatchIsAllOrNothing() {
    RunId run = scene.unclaimed("r");
    AppendResult result =
        scene.anyone(
            run,
            scene.about("s", new Fact.StepCreated(SITE, PAYLOAD)),
            scene.about("h", hook("t")),
            scene.about("nobody", new Fact.WaitCompleted()));
    assertThat(result).isEqualTo(new NotFound(NotFound.Kind.WAIT, "nobody"));
    assertThat(scene.log(run)).hasSize(2);
    assertThat(scene.storage.hookByToken("t")).isEmpty();
    assertThat(scene.storage.step(run, "s")).isEmpty();
  }

  @Test
  void aRunIsNotBornByARefusedBatch() {
    assertThat(scene.anyone(run("r"), scene.drafts(creation(), completed(), completed())))
        .isEqualTo(new AppendResult.Closed(RunStatus.COMPLETED));
    assertThat(scene.storage.run(run("r"))).isEmpty();
  }

  @Test
  void theDraftsOfABatchSeeEachOther() {
    RunId run = scene.unclaimed("r");
    accepted(
        scene.anyone(
            run,
            scene.about("h", hook("t")),
            scene.about("h", received()),
            scene.about("h", new Fact.HookDisposed()),
            scene.about("h2", hook("t")),
            scene.about("h3", hook("t")),
            scene.about("w", scene.waiting()),
            scene.about("w", new Fact.WaitCancelled())));
    assertThat(scene.types(run).subList(2, 9))
        .containsExactly(
            EventType.HOOK_CREATED,
            EventType.HOOK_RECEIVED,
            EventType.HOOK_DISPOSED,
            EventType.HOOK_CREATED,
            EventType.HOOK_CONFLICT,
            EventType.WAIT_CREATED,
            EventType.WAIT_CANCELLED);
  }

  @Test
  void nothingFollowsTheEndWithinABatch() {
    RunId run = scene.unclaimed("r");
    assertThat(scene.anyone(run, completed(), new Fact.CancelRequested(null)))
        .isEqualTo(new AppendResult.Closed(RunStatus.COMPLETED));
    assertThat(scene.get(run).status()).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void aRepeatedBatchIsAnsweredAndNotAppended() {
    RunId run = scene.owned("r");
    Authority owner = new Authority.Owner(ANN, 1, 2, Due.NEVER);
    Batch batch = scene.batch(run, owner, scene.about("w", scene.waiting()));
    accepted(scene.anyone(run, new Fact.CancelRequested("first")));
    AppendResult.Appended first = (AppendResult.Appended) scene.append(batch);
    accepted(scene.anyone(run, new Fact.CancelRequested("second")));
    accepted(scene.anyone(run, new Fact.RunTerminated(null)));

    AppendResult.Repeated again = (AppendResult.Repeated) scene.append(batch);
    assertThat(again.events()).isEqualTo(first.events());
    assertThat(again.owner()).isEqualTo(ANN);
    assertThat(again.unseen()).isEqualTo(first.unseen());
    assertThat(again.unseen()).extracting(Event::position).containsExactly(3L);
  }

  @Test
  void aRepeatedResumeIsFoundByItsBatchWhenTheTokenIsGone() {
    RunId run = scene.unclaimed("r");
    scene.anyone(run, scene.about("h", hook("t")));
    List<Event> events = accepted(scene.append(scene.resume("b1", "t")));
    assertThat(events.getFirst().correlationId()).isEqualTo("h");
    scene.anyone(run, scene.about("h", new Fact.HookDisposed()));

    assertThat(scene.append(scene.resume("b1", "t")))
        .isEqualTo(new AppendResult.Repeated(run, events, null, "app", List.of()));
    assertThat(scene.append(scene.resume("b2", "t")))
        .isEqualTo(new NotFound(NotFound.Kind.HOOK, "t"));
  }

  @Test
  void aStartThatBringsItsCreationMakesTheRun() {
    RunId run = run("r");
    accepted(scene.anyone(run, new Fact.RunStarted(creation())));
    assertThat(scene.types(run)).containsExactly(EventType.RUN_CREATED, EventType.RUN_STARTED);
    assertThat(scene.log(run).get(1).fact()).isEqualTo(started());
    assertThat(scene.anyone(run, creation()))
        .isEqualTo(new Conflict(Conflict.Reason.EXISTS, "r", null, null));
    assertThat(accepted(scene.anyone(run, new Fact.RunStarted(creation())))).isEmpty();
  }

  @Test
  void aSecondStartIsSkippedAndMovesNothing() {
    RunId run = scene.unclaimed("r");
    Instant startedAt = scene.get(run).startedAt();
    scene.clock.advance(Duration.ofMinutes(1));
    assertThat(accepted(scene.anyone(run, started()))).isEmpty();
    assertThat(accepted(scene.anyone(run, started(), new Fact.CancelRequested(null)))).hasSize(1);
    assertThat(scene.get(run).startedAt()).isEqualTo(startedAt);
  }

  @Test
  void runIdsOfOursMustBeOfToday() {
    Instant now = scene.clock.instant();
    accepted(scene.anyone(idOf(now.minus(Duration.ofHours(24))), creation()));
    accepted(scene.anyone(idOf(now.plus(Duration.ofMinutes(5))), creation()));
    for (RunId bad :
        List.of(
            idOf(now.minus(Duration.ofHours(24)).minusMillis(1)),
            idOf(now.plus(Duration.ofMinutes(5)).plusMillis(1)),
            run("wrun_not-a-ulid"))) {
      assertThatThrownBy(() -> scene.anyone(bad, creation()))
          .isInstanceOfSatisfying(
              WorldException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
  }

  private static RunId idOf(Instant time) {
    StringBuilder id = new StringBuilder(RunId.PREFIX);
    for (int i = 9; i >= 0; i--) {
      int digit = (int) (time.toEpochMilli() >>> 5 * i) & 31;
      id.append("0123456789ABCDEFGHJKMNPQRSTVWXYZ".charAt(digit));
    }
    return new RunId(id + "0000000000000000");
  }

  @Test
  void aCreationMayBeRepeatedLongAfterItsWindow() {
    RunId run = idOf(scene.clock.instant());
    Batch batch = scene.batch(run, Authority.ANYONE, scene.drafts(creation()));
    accepted(scene.append(batch));
    scene.clock.advance(Duration.ofDays(3));
    assertThat(scene.append(batch)).isInstanceOf(AppendResult.Repeated.class);
  }

  @Test
  void anInvalidBatchKeepsTheWholeCallFromHappening() {
    Batch good = scene.batch(run("good"), Authority.ANYONE, scene.drafts(creation()));
    Fact conflict = new Fact.HookConflict(null, "t", "somebody");
    Batch bad = scene.batch(run("bad"), Authority.ANYONE, scene.about("h", conflict));
    assertThatThrownBy(() -> scene.storage.append(List.of(good, bad)))
        .isInstanceOf(WorldException.class);
    assertThat(scene.storage.run(run("good"))).isEmpty();
  }

  @Test
  void aRunKeyBelongsToOneRunOfAWorkflowForever() {
    accepted(scene.anyone(run("r1"), creation("order", "k", "aa"), completed()));
    assertThat(scene.anyone(run("r2"), creation("order", "k", "bb")))
        .isEqualTo(new Conflict(Conflict.Reason.RUN_KEY, "k", run("r1"), "aa"));
    accepted(scene.anyone(run("r3"), creation("refund", "k", "bb")));
    assertThat(scene.storage.runByKey("order", "k")).map(RunRecord::id).contains(run("r1"));
    assertThat(scene.storage.runByKey("refund", "k")).map(RunRecord::id).contains(run("r3"));
  }

  @Test
  void aRunCanBeBornOwned() {
    scene.storage.register(ANN, "b", Scene.LEASE);
    RunId id = run("r");
    List<Event> events =
        accepted(scene.append(scene.born(id, ANN, scene.drafts(creation(), started()))));
    assertThat(events).extracting(Event::seen).containsExactly(Event.NOT_BY_OWNER, 0L);
    RunRecord run = scene.get(id);
    assertThat(run.owner()).isEqualTo(ANN.value());
    assertThat(run.epoch()).isEqualTo(1);
    assertThat(run.dueAt()).isEqualTo(Instant.MIN);
    accepted(scene.owner(ANN, id, 1, 2, scene.drafts(completed())));
  }

  @Test
  void aBatchThatBearsAnOwnedRunHoldsWhatAnOwnerMayAppend() {
    Batch batch =
        scene.born(run("r"), ANN, scene.drafts(creation(), new Fact.CancelRequested(null)));
    assertThat(scene.append(batch))
        .isEqualTo(new Conflict(Conflict.Reason.AUTHORITY, "r", null, null));
    assertThatThrownBy(() -> scene.append(scene.born(run("r"), ANN, scene.drafts(started()))))
        .isInstanceOf(WorldException.class);
  }

  @Test
  void hooksAndWaitsGoWithTheirRun() {
    RunId run = scene.unclaimed("r");
    scene.anyone(run, scene.about("h", hook("t")), scene.about("w", scene.waiting()));
    accepted(scene.anyone(run, new Fact.RunTerminated("enough")));
    assertThat(scene.storage.hook(run, "h")).isEmpty();
    assertThat(scene.storage.waits(run)).isEmpty();
    assertThat(scene.get(run).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(scene.get(run).reason()).isEqualTo("enough");
    assertThat(scene.append(scene.resume("b", "t")))
        .isEqualTo(new NotFound(NotFound.Kind.HOOK, "t"));
  }

  @Test
  void aTakenTokenBecomesAConflictInTheLogOfTheRequester() {
    RunId first = scene.unclaimed("r1");
    RunId second = scene.unclaimed("r2");
    scene.anyone(first, scene.about("h", hook("t")));
    List<Event> events = accepted(scene.anyone(second, scene.about("h", hook("t"))));
    assertThat(events.getFirst().fact()).isEqualTo(new Fact.HookConflict(SITE, "t", "r1"));
    assertThat(scene.storage.hook(second, "h")).isEmpty();

    accepted(scene.anyone(first, completed()));
    assertThat(scene.storage.hookByToken("t")).isEmpty();
    assertThat(accepted(scene.anyone(second, scene.about("h", hook("t")))).getFirst().type())
        .isEqualTo(EventType.HOOK_CREATED);
  }

  @Test
  void tokensAreComparedCharacterByCharacter() {
    RunId run = scene.unclaimed("r");
    int n = 0;
    for (String token : List.of("t", "T", "t ", "\u00e9", "e\u0301", "x".repeat(4096))) {
      Event event = accepted(scene.anyone(run, scene.about("h" + n++, hook(token)))).getFirst();
      assertThat(event.type()).isEqualTo(EventType.HOOK_CREATED);
      assertThat(scene.storage.hookByToken(token)).isPresent();
    }
  }

  @Test
  void textsForPeopleLoseWhatNoStoreKeeps() {
    RunId run = scene.unclaimed("r");
    accepted(scene.anyone(run, new Fact.RunFailed(PAYLOAD, "a\0b\uD800c")));
    assertThat(scene.get(run).errorCode()).isEqualTo("a\uFFFDb\uFFFDc");
  }
}

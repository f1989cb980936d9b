package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.StorageScene.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.AppendResult.Appended;
import dev.fantasticfour.world.core.port.AppendResult.NotFound;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Races for hooks and their tokens. */
public interface HookRaceChapter {

  private static Batch anyone(RunId run, Draft... drafts) {
    return batch(run, Authority.ANYONE, drafts);
  }

  private static Batch resume(String token) {
    return batch(new Target.OfHook(token), Authority.ANYONE, null, Drafts.hookReceived(null));
  }

  private static List<EventType> types(StorageScene scene, RunId run) {
    return scene.log(run).stream().map(Event::type).toList();
  }

  @Test
  @Rule("2.6")
  default void aHookIsCreatedOnceAndNeverConflictsWithItself(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId run = scene.running();
          String token = scene.token();
          Draft draft = Drafts.hookCreated("hook_1", token);
          race.append(anyone(run, draft), anyone(run, draft), anyone(run, draft));
          assertThat(types(scene, run).subList(2, scene.log(run).size()))
              .containsExactly(EventType.HOOK_CREATED);
        });
  }

  @Test
  @Rule("2.3")
  default void aTokenGoesToOneOfManyRuns(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          String token = scene.token();
          List<RunId> runs = Stream.generate(() -> scene.running()).limit(4).toList();
          race.append(
              runs.stream().map(run -> anyone(run, Drafts.hookCreated("h", token))).toList());
          RunId owner = scene.storage().hookByToken(token).orElseThrow().run();
          for (RunId run : runs) {
            Fact fact = scene.log(run).getLast().fact();
            if (run.equals(owner)) {
              assertThat(fact).isInstanceOf(Fact.HookCreated.class);
            } else {
              assertThat(fact).isInstanceOf(Fact.HookConflict.class);
              assertThat(((Fact.HookConflict) fact).conflictingRun()).isEqualTo(owner.value());
            }
          }
        });
  }

  @Test
  @Rule("2.3")
  default void aTokenGoesToOneOfManyHooksOfOneRun(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          String token = scene.token();
          RunId run = scene.running();
          race.append(
              IntStream.range(0, 3)
                  .mapToObj(i -> anyone(run, Drafts.hookCreated("hook_" + i, token)))
                  .toList());
          assertThat(types(scene, run).subList(2, 5))
              .containsExactly(
                  EventType.HOOK_CREATED, EventType.HOOK_CONFLICT, EventType.HOOK_CONFLICT);
        });
  }

  @Test
  @Rule({"2.9", "L2"})
  default void noPayloadIsReceivedAfterItsHookWasDisposed(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          String token = scene.token();
          RunId run = scene.running(Drafts.hookCreated("hook_1", token));
          List<AppendResult> results =
              race.append(
                  anyone(run, Drafts.hookReceived("hook_1")),
                  anyone(run, Drafts.hookDisposed("hook_1")),
                  resume(token));
          assertThat(results.get(1)).isInstanceOf(Appended.class);
          assertThat(types(scene, run)).last().isEqualTo(EventType.HOOK_DISPOSED);
          assertThat(List.of(results.get(0), results.get(2)))
              .allMatch(r -> r instanceof Appended || r instanceof NotFound);
        });
  }

  @Test
  @Rule({"2.9", "L2"})
  default void noPayloadIsReceivedAfterTheEndOfTheRun(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          String token = scene.token();
          RunId run = scene.running(Drafts.hookCreated("hook_1", token));
          race.append(
              anyone(run, Drafts.hookReceived("hook_1")),
              anyone(run, Drafts.completed()),
              resume(token));
          assertThat(types(scene, run)).last().isEqualTo(EventType.RUN_COMPLETED);
        });
  }

  @Test
  @Rule("2.6")
  default void aTokenThatIsBeingFreedHasOneOwnerAtMost(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          String token = scene.token();
          RunId before = scene.running(Drafts.hookCreated("hook_1", token));
          List<RunId> next = List.of(scene.running(), scene.running());
          boolean disposes = scene.log(before).getFirst().createdAt().getNano() % 2_000 == 0;
          race.append(
              anyone(next.get(0), Drafts.hookCreated("h", token)),
              anyone(before, disposes ? Drafts.hookDisposed("hook_1") : Drafts.completed()),
              anyone(next.get(1), Drafts.hookCreated("h", token)));
          long created =
              next.stream()
                  .filter(run -> types(scene, run).contains(EventType.HOOK_CREATED))
                  .count();
          assertThat(created).isLessThanOrEqualTo(1);
          assertThat(scene.storage().hookByToken(token).isPresent()).isEqualTo(created == 1);
        });
  }

  @Test
  @Rule("3.3")
  default void aTokenFindsNothingOnceTheEndOfItsRunIsAnswered(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          String token = scene.token();
          RunId run = scene.running(Drafts.hookCreated("hook_1", token));
          race.all(
              List.of(
                  () -> {
                    StorageScene.append(race.at(0), anyone(run, Drafts.completed()));
                    return race.at(1).hookByToken(token).isEmpty();
                  },
                  () -> race.at(1).hookByToken(token).isPresent()));
          assertThat(scene.peer().hookByToken(token)).isEmpty();
        });
  }

  @Test
  @Rule("L1")
  default void twoRunsThatExchangeTheirTokensDoNotLockEachOtherOut(StorageScene scene)
      throws Exception {
    Races.rounds(
        scene,
        race -> {
          String a = scene.token();
          String b = scene.token();
          RunId one = scene.running(Drafts.hookCreated("hook_1", a));
          RunId two = scene.running(Drafts.hookCreated("hook_1", b));
          List<AppendResult> results =
              race.append(
                  anyone(one, Drafts.hookDisposed("hook_1"), Drafts.hookCreated("hook_2", b)),
                  anyone(two, Drafts.hookDisposed("hook_1"), Drafts.hookCreated("hook_2", a)));
          assertThat(results).allMatch(Appended.class::isInstance);
        });
  }
}

package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.Refusals.closed;
import static dev.fantasticfour.world.tck.storage.Refusals.conflict;
import static dev.fantasticfour.world.tck.storage.Refusals.notFound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult.Conflict.Reason;
import dev.fantasticfour.world.core.port.AppendResult.NotFound.Kind;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Hooks and their tokens. */
public interface HookChapter {

  /** The hook most tests write about. */
  String H = "hook_1";

  private static List<HookRecord> hooks(StorageScene scene, @Nullable RunId run) {
    return Pages.all(
        page -> scene.storage().hooks(run, page),
        PageRequest.oldestFirst().withLimit(PageRequest.MAX));
  }

  @Test
  @Rule("L1")
  default void aHookIsFoundByIdAndByToken(StorageScene scene) {
    String token = scene.token();
    RunId run = scene.running();
    Event event =
        scene
            .accept(
                run,
                Drafts.of(
                    H,
                    new Fact.HookCreated(new Site("approval", "", 0), token, Drafts.VALUE, true)))
            .getFirst();
    HookRecord hook =
        new HookRecord(run, H, "approval", token, Drafts.VALUE, true, event.createdAt());
    assertThat(scene.storage().hook(run, H)).contains(hook);
    assertThat(scene.peer().hookByToken(token)).contains(hook);
    assertThat(hooks(scene, run)).containsExactly(hook);
  }

  @Test
  @Rule("1.6")
  default void whetherAHookIsAWebhookIsKeptAsItWasSaid(StorageScene scene) {
    RunId run = scene.running();
    scene.accept(
        run,
        Drafts.of("hook_a", new Fact.HookCreated(null, scene.token(), null, null)),
        Drafts.of("hook_b", new Fact.HookCreated(null, scene.token(), null, false)),
        Drafts.of("hook_c", new Fact.HookCreated(null, scene.token(), null, true)));
    assertThat(hooks(scene, run))
        .extracting(HookRecord::webhook)
        .containsExactly(null, false, true);
    assertThat(hooks(scene, run)).extracting(HookRecord::name).containsOnly("");
  }

  @Test
  @Rule("2.6")
  default void creatingAHookTwiceIsAConflictAndNotWithItself(StorageScene scene) {
    String token = scene.token();
    RunId run = scene.running(Drafts.hookCreated(H, token));
    HookRecord before = scene.storage().hook(run, H).orElseThrow();
    assertThat(
            scene.refuse(
                run, Drafts.of(H, new Fact.HookCreated(null, token, Payload.json("1"), true))))
        .isEqualTo(conflict(Reason.EXISTS, H));
    assertThat(scene.refuse(run, Drafts.hookCreated(H, scene.token())))
        .isEqualTo(conflict(Reason.EXISTS, H));
    assertThat(scene.storage().hook(run, H)).contains(before);
  }

  @Test
  @Rule("2.3")
  default void aTokenThatIsTakenLeavesAConflictInTheLogOfWhoAsked(StorageScene scene) {
    String token = scene.token();
    RunId holder = scene.running(Drafts.hookCreated(H, token));
    RunId asking = scene.running();
    Event event = scene.accept(asking, Drafts.hookCreated(H, token)).getFirst();
    assertThat(event.fact())
        .isEqualTo(new Fact.HookConflict(new Site("approval", "", 1), token, holder.value()));
    assertThat(event.correlationId()).isEqualTo(H);
    assertThat(scene.storage().hook(asking, H)).isEmpty();
    assertThat(scene.storage().hookByToken(token).orElseThrow().run()).isEqualTo(holder);
    assertThat(scene.log(holder)).hasSize(3);
  }

  @Test
  @Rule("2.3")
  default void aRunMayBeInItsOwnWay(StorageScene scene) {
    String token = scene.token();
    RunId run = scene.running(Drafts.hookCreated(H, token));
    Event event = scene.accept(run, Drafts.hookCreated("hook_2", token)).getFirst();
    assertThat(event.fact())
        .isEqualTo(new Fact.HookConflict(new Site("approval", "", 1), token, run.value()));
  }

  @Test
  @Rule("2.3")
  default void aHookTakesAnyNumberOfPayloadsInOrder(StorageScene scene) {
    RunId run = scene.running(Drafts.hookCreated(H, scene.token()));
    HookRecord before = scene.storage().hook(run, H).orElseThrow();
    for (int i = 0; i < 3; i++) {
      scene.accept(run, Drafts.of(H, new Fact.HookReceived(Payload.json("" + i))));
    }
    assertThat(scene.log(run).stream().skip(3).map(Event::fact))
        .containsExactlyElementsOf(
            Stream.of("0", "1", "2")
                .map(text -> (Fact) new Fact.HookReceived(Payload.json(text)))
                .toList());
    assertThat(scene.storage().hook(run, H)).contains(before);
  }

  @Test
  @Rule("2.3")
  default void aHookIsResumedByItsToken(StorageScene scene) {
    String token = scene.token();
    RunId run = scene.running(Drafts.hookCreated(H, token));
    var result =
        StorageScene.accepted(
            scene.resume(token, Drafts.hookReceived(null), Drafts.hookReceived(null)));
    assertThat(result.run()).isEqualTo(run);
    assertThat(result.events()).hasSize(2).allMatch(e -> H.equals(e.correlationId()));
    assertThat(result.taskQueue()).isEqualTo("orders");
    assertThat(result.owner()).isNull();
    assertThat(scene.log(run)).hasSize(5);
  }

  @Test
  @Rule("2.3")
  default void aTokenThatNobodyHasIsNotFound(StorageScene scene) {
    String token = scene.token();
    assertThat(scene.resume(token, Drafts.hookReceived(null)))
        .isEqualTo(notFound(Kind.HOOK, token));
    assertThat(scene.storage().hookByToken(token)).isEmpty();
    assertThat(scene.storage().hook(scene.running(), H)).isEmpty();
    assertThat(scene.storage().hook(scene.runId(), H)).isEmpty();
  }

  @Test
  @Rule("2.3")
  default void aDisposedHookIsGone(StorageScene scene) {
    String token = scene.token();
    RunId run = scene.running(Drafts.hookCreated(H, token));
    assertThat(scene.storage().hookByToken(token)).isPresent();
    assertThat(scene.peer().hookByToken(token)).isPresent();
    scene.accept(run, Drafts.hookDisposed(H));
    assertThat(scene.storage().hook(run, H)).isEmpty();
    assertThat(scene.storage().hookByToken(token)).isEmpty();
    assertThat(scene.peer().hookByToken(token)).isEmpty();
    assertThat(hooks(scene, run)).isEmpty();
    assertThat(scene.refuse(run, Drafts.hookReceived(H))).isEqualTo(notFound(Kind.HOOK, H));
    assertThat(scene.refuse(run, Drafts.hookDisposed(H))).isEqualTo(notFound(Kind.HOOK, H));
    assertThat(scene.resume(token, Drafts.hookReceived(null)))
        .isEqualTo(notFound(Kind.HOOK, token));
  }

  @Test
  @Rule("2.3")
  default void theIdOfADisposedHookIsUsedUp(StorageScene scene) {
    RunId run = scene.running(Drafts.hookCreated(H, scene.token()), Drafts.hookDisposed(H));
    assertThat(scene.refuse(run, Drafts.hookCreated(H, scene.token())))
        .isEqualTo(conflict(Reason.EXISTS, H));
  }

  @Test
  @Rule("2.3")
  default void aHookThatNeverWasTakesNothing(StorageScene scene) {
    RunId run = scene.running();
    assertThat(scene.refuse(run, Drafts.hookReceived(H))).isEqualTo(notFound(Kind.HOOK, H));
    assertThat(scene.refuse(run, Drafts.hookDisposed(H))).isEqualTo(notFound(Kind.HOOK, H));
  }

  @Test
  @Rule("2.6")
  default void aTokenIsFreeAgainAtOnce(StorageScene scene) {
    String token = scene.token();
    RunId run = scene.running(Drafts.hookCreated(H, token), Drafts.hookDisposed(H));
    scene.accept(run, Drafts.hookCreated("hook_2", token));
    scene.accept(run, Drafts.hookDisposed("hook_2"));
    RunId other = scene.running();
    assertThat(
            StorageScene.accepted(
                    StorageScene.append(
                        scene.peer(),
                        StorageScene.batch(other, Authority.ANYONE, Drafts.hookCreated(H, token))))
                .events()
                .getFirst()
                .type())
        .isEqualTo(EventType.HOOK_CREATED);
    assertThat(scene.storage().hookByToken(token).orElseThrow().run()).isEqualTo(other);
  }

  @Test
  @Rule("L1")
  default void theHooksOfAnEndedRunAreGone(StorageScene scene) {
    for (var end :
        List.of(Drafts.completed(), Drafts.failed(), Drafts.cancelled(), Drafts.terminated())) {
      String token = scene.token();
      RunId run =
          scene.running(
              Drafts.hookCreated(H, token),
              Drafts.hookCreated("hook_2", scene.token()),
              Drafts.hookCreated("hook_3", scene.token()));
      assertThat(scene.peer().hookByToken(token)).isPresent();
      scene.accept(run, end);
      assertThat(scene.log(run)).hasSize(6);
      assertThat(hooks(scene, run)).isEmpty();
      assertThat(scene.storage().hook(run, H)).isEmpty();
      assertThat(scene.storage().hookByToken(token)).isEmpty();
      assertThat(scene.peer().hookByToken(token)).isEmpty();
      RunId next = scene.running(Drafts.hookCreated(H, token));
      assertThat(scene.storage().hookByToken(token).orElseThrow().run()).isEqualTo(next);
    }
  }

  @Test
  @Rule("L8")
  default void anEndedRunHasNoHookToWriteTo(StorageScene scene) {
    for (RunId run : scene.ended(Drafts.hookCreated(H, scene.token()))) {
      assertThat(scene.refuse(run, Drafts.hookReceived(H))).isEqualTo(notFound(Kind.HOOK, H));
      assertThat(scene.refuse(run, Drafts.hookDisposed(H))).isEqualTo(notFound(Kind.HOOK, H));
      assertThat(scene.refuse(run, Drafts.hookCreated("hook_2", scene.token())))
          .isEqualTo(closed(scene.view(run).status()));
    }
  }

  @Test
  @Rule("ID-2")
  default void tokensAreComparedExactly(StorageScene scene) {
    String token = scene.token();
    List<String> tokens =
        List.of(
            token + "a",
            token + "A",
            token + "a ",
            " " + token + "a",
            token + "\u00e9",
            token + "e\u0301",
            token + "%",
            token + "_");
    RunId run = scene.running();
    for (int i = 0; i < tokens.size(); i++) {
      Event event = scene.accept(run, Drafts.hookCreated("hook_" + i, tokens.get(i))).getFirst();
      assertThat(event.type()).isEqualTo(EventType.HOOK_CREATED);
    }
    for (int i = 0; i < tokens.size(); i++) {
      assertThat(scene.storage().hookByToken(tokens.get(i)).orElseThrow().id())
          .isEqualTo("hook_" + i);
    }
  }

  @Test
  @Rule("ID-1")
  default void equalHookIdsInTwoRunsAreTwoHooks(StorageScene scene) {
    RunId one = scene.running(Drafts.hookCreated(H, scene.token()));
    RunId two = scene.running(Drafts.hookCreated(H, scene.token()));
    scene.accept(one, Drafts.hookDisposed(H));
    assertThat(scene.storage().hook(one, H)).isEmpty();
    assertThat(scene.storage().hook(two, H)).isPresent();
    assertThat(hooks(scene, null)).extracting(HookRecord::run).contains(two).doesNotContain(one);
  }

  @Test
  @Rule("2.3")
  default void aHookThatMetAConflictMayBeAskedForAgain(StorageScene scene) {
    String token = scene.token();
    RunId holder = scene.running(Drafts.hookCreated(H, token));
    RunId asking = scene.running(Drafts.hookCreated(H, token));
    assertThat(scene.refuse(asking, Drafts.hookReceived(H))).isEqualTo(notFound(Kind.HOOK, H));
    scene.accept(holder, Drafts.hookDisposed(H));
    assertThat(scene.accept(asking, Drafts.hookCreated(H, token)).getFirst().type())
        .isEqualTo(EventType.HOOK_CREATED);
    assertThat(scene.storage().hook(asking, H)).isPresent();
  }
}

package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.StorageScene.accepted;
import static dev.fantasticfour.world.tck.storage.StorageScene.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.AppendResult.Appended;
import dev.fantasticfour.world.core.port.AppendResult.Repeated;
import dev.fantasticfour.world.core.port.AppendResult.Stale;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.tck.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Signals between runs, what runs show, and batches for run keys. */
public interface SignalChapter {

  private static Draft signal(String text) {
    return Drafts.of(null, new RunFact.SignalReceived("add", null, Payload.json(text)));
  }

  private static Draft sent(String id, RunId target, String text) {
    return Drafts.of(
        id, new SendFact.SignalSent(Site.named("add"), target.value(), "add", Payload.json(text)));
  }

  private static Draft shown(String name, String text) {
    return Drafts.of(null, new RunFact.StatePublished(name, Payload.json(text)));
  }

  private static List<String> signals(List<Event> log) {
    List<String> texts = new ArrayList<>();
    for (Event event : log) {
      if (event.fact() instanceof RunFact.SignalReceived signal && signal.payload() != null) {
        texts.add(signal.payload().text());
      }
    }
    return texts;
  }

  private static Authority.Owner over(Owned owned, long seen) {
    return new Authority.Owner(owned.worker(), owned.epoch(), seen, Due.NEVER, true);
  }

  @Test
  @Rule("END-1")
  default void anOwnerThatSaysSoEndsItsRunOverSignals(StorageScene scene) {
    for (Draft end : List.of(Drafts.completed(), Drafts.failed(), Drafts.cancelled())) {
      Owned owned = scene.owned();
      scene.accept(owned.run(), signal("1"));
      scene.accept(owned.run(), signal("2"));
      List<Event> log = scene.log(owned.run());
      assertThat(owned.append(2, end)).isEqualTo(new Stale(log.subList(2, 4)));
      Appended ended = accepted(scene.append(owned.run(), over(owned, 2), end));
      assertThat(ended.unseen()).isEqualTo(log.subList(2, 4));
      assertThat(scene.view(owned.run()).unreadSignals()).isEqualTo(2);
      RunRecord view = scene.view(owned.run());
      assertThat(view.status().isFinal()).isTrue();
      assertThat(view.dueAt()).isNull();
      assertThat(view.owner()).isNull();
    }
  }

  @Test
  @Rule("END-1")
  default void theSignalsThatARunHasNotReadAreCounted(StorageScene scene) {
    Owned owned = scene.owned();
    scene.accept(owned.run(), signal("1"));
    owned.accept(Drafts.of(null, new Fact.RunCompleted(Drafts.VALUE, 7)));
    assertThat(scene.view(owned.run()).unreadSignals()).isEqualTo(7);
    assertThat(scene.log(owned.run()).getLast().fact())
        .isEqualTo(new Fact.RunCompleted(Drafts.VALUE, 7));
    assertThat(scene.view(scene.ended().getFirst()).unreadSignals()).isZero();
  }

  @Test
  @Rule("END-1")
  default void nobodyEndsARunOverAnythingElse(StorageScene scene) {
    Owned owned = scene.owned(Drafts.hookCreated("hook_1", scene.token()));
    scene.accept(owned.run(), signal("1"));
    scene.accept(owned.run(), Drafts.hookReceived("hook_1"));
    List<Event> log = scene.log(owned.run());
    assertThat(scene.append(owned.run(), over(owned, 3), Drafts.completed()))
        .isEqualTo(new Stale(log.subList(3, 5)));
    assertThat(scene.append(owned.run(), over(owned, 3), Drafts.hookDisposed("hook_1")))
        .isEqualTo(new Stale(log.subList(3, 5)));
    assertThat(scene.log(owned.run())).isEqualTo(log);
  }

  @Test
  @Rule("REL-1")
  default void whatARunSendsIsOwedUntilItHasEnteredOnce(StorageScene scene) {
    RunId target = scene.running();
    RunId other = scene.running();
    Owned owned = scene.owned();
    owned.accept(sent("send_1", target, "1"), sent("send_2", other, "x"));
    owned.accept(sent("send_3", target, "2"));
    assertThat(scene.storage().owed(owned.run(), 10)).containsExactlyInAnyOrder(target, other);
    assertThat(scene.storage().owed(owned.run(), 1)).hasSize(1);
    assertThat(signals(scene.log(target))).isEmpty();

    List<Relayed> relayed = scene.peer().relay(Set.of(target), 10);

    assertThat(relayed).singleElement().extracting(Relayed::run).isEqualTo(target);
    assertThat(signals(relayed.getFirst().events())).containsExactly("1", "2");
    assertThat(scene.storage().relay(Set.of(target), 10)).isEmpty();
    assertThat(signals(scene.log(target))).containsExactly("1", "2");
    assertThat(scene.log(target).getLast().seen()).isEqualTo(Event.NOT_BY_OWNER);
    assertThat(scene.storage().owed(owned.run(), 10)).containsExactly(other);
    assertThat(scene.storage().relay(Set.of(other), 1)).hasSize(1);
    assertThat(scene.storage().owed(owned.run(), 10)).isEmpty();
    assertThat(scene.storage().owed(scene.runId(), 10)).isEmpty();
  }

  @Test
  @Rule("REL-1")
  default void whoeverMovesItWhatIsSentEntersOnceAndInOrder(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId target = scene.running();
          Owned owned = scene.owned();
          List<String> texts = IntStream.range(0, 8).mapToObj(String::valueOf).toList();
          for (String text : texts) {
            owned.accept(sent("send_" + text, target, text));
          }
          ConcurrentLinkedQueue<Relayed> all = new ConcurrentLinkedQueue<>();
          List<Thread> movers =
              IntStream.range(0, 4)
                  .mapToObj(
                      i ->
                          Thread.ofVirtual()
                              .start(() -> all.addAll(scene.storage().relay(Set.of(target), 3))))
                  .toList();
          for (Thread mover : movers) {
            mover.join();
          }
          while (!scene.storage().owed(owned.run(), 1).isEmpty()) {
            all.addAll(scene.storage().relay(Set.of(target), 3));
          }
          assertThat(signals(scene.log(target))).isEqualTo(texts);
          assertThat(all.stream().mapToInt(each -> each.events().size()).sum()).isEqualTo(8);
        });
  }

  @Test
  @Rule("REL-3")
  default void aRunIsDueAsLongAsItOwes(StorageScene scene) {
    RunId target = scene.running();
    Owned owned = scene.owned();
    scene.accept(
        owned.run(), owned.authority(Due.NEVER), sent("send_1", target, "1"), Drafts.completed());
    assertThat(scene.view(owned.run()).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(scene.view(owned.run()).dueAt()).isNotNull();
    scene.storage().release(owned.worker(), owned.run(), owned.epoch(), Due.NEVER);
    assertThat(scene.view(owned.run()).dueAt()).isNotNull();
    Owned next = scene.claimed(owned.run(), scene.worker());

    assertThat(scene.storage().relay(Set.of(target), 10)).hasSize(1);
    scene.storage().release(next.worker(), next.run(), next.epoch(), Due.NEVER);

    assertThat(scene.view(owned.run()).dueAt()).isNull();
  }

  @Test
  @Rule("REL-2")
  default void whatIsSentToARunThatTakesNothingGoes(StorageScene scene) {
    RunId ended = scene.ended().getFirst();
    RunId unknown = scene.runId();
    Owned owned = scene.owned();
    List<Event> log = scene.log(ended);
    owned.accept(sent("send_1", ended, "1"), sent("send_2", unknown, "2"));

    assertThat(scene.storage().relay(Set.of(ended, unknown), 10)).isEmpty();

    assertThat(scene.storage().owed(owned.run(), 10)).isEmpty();
    assertThat(scene.log(ended)).isEqualTo(log);
    assertThat(scene.storage().run(unknown)).isEmpty();
  }

  @Test
  @Rule("SHO-1")
  default void aRunShowsTheNewestValueOfEachName(StorageScene scene) {
    Owned owned = scene.owned();
    owned.accept(shown("phase", "\"one\""), shown("count", "1"));
    List<Event> newest = owned.accept(shown("count", "2"), shown("none", "null"));
    owned.accept(Drafts.of(null, new RunFact.StatePublished("none", null)), Drafts.completed());

    StateRecord count = scene.peer().state(owned.run(), "count").orElseThrow();
    assertThat(count.value()).isEqualTo(Payload.json("2"));
    assertThat(count.position()).isEqualTo(newest.getFirst().position());
    assertThat(count.publishedAt()).isEqualTo(newest.getFirst().createdAt());
    assertThat(scene.storage().state(owned.run(), "none").orElseThrow().value()).isNull();
    assertThat(scene.storage().state(owned.run(), "other")).isEmpty();
    assertThat(scene.storage().states(owned.run())).hasSize(3);
  }

  @Test
  @Rule({"KEY-1", "KEY-2"})
  default void aBatchForAKeyGoesToTheRunThatHasItOrToANewOne(StorageScene scene) {
    String workflow = scene.workflow();
    RunId first = scene.runId();
    Batch begins = keyed(workflow, first, "1");
    Appended begun = accepted(StorageScene.append(scene.storage(), begins));
    assertThat(begun.run()).isEqualTo(first);
    RunId second = scene.runId();
    Appended joined = accepted(StorageScene.append(scene.storage(), keyed(workflow, second, "2")));
    assertThat(joined.run()).isEqualTo(first);
    assertThat(joined.events()).extracting(Event::type).containsExactly(EventType.SIGNAL_RECEIVED);
    assertThat(scene.storage().run(second)).isEmpty();
    assertThat(signals(scene.log(first))).containsExactly("1", "2");

    scene.accept(first, Drafts.completed());
    assertThat(accepted(StorageScene.append(scene.storage(), keyed(workflow, second, "3"))).run())
        .isEqualTo(second);
    assertThat(scene.storage().runByKey(workflow, "key").orElseThrow().id()).isEqualTo(second);
    AppendResult again = StorageScene.append(scene.peer(), begins);
    assertThat(again).isInstanceOf(Repeated.class);
    assertThat(((Repeated) again).run()).isEqualTo(first);
  }

  private static Batch keyed(String workflow, RunId ifNew, String text) {
    return batch(
        new Target.OfKey(workflow, "key", ifNew),
        Authority.ANYONE,
        null,
        Drafts.of(null, Drafts.creation(workflow, "key", "hash")),
        signal(text));
  }
}

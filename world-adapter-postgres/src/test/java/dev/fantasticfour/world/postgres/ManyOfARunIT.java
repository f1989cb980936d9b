package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * What is said of hundreds of a run's children, waits or hooks reads those, and not for each of
 * them all that the run has: also by plans that were made while it had none.
 */
class ManyOfARunIT {

  private static final int ALL = 1_000;
  private static final int SOME = 250;
  private static final Site SITE = Site.named("n");

  /** Of an index and of its table, a few times for what is looked up before it is written. */
  private static final long READS_EACH = 12;

  private final TestStore store = new TestStore();
  private final WorkerId worker = store.worker("b");
  private final RunId run = TestStore.minted();
  private final List<RunId> children = new ArrayList<>();

  /** Plans are made per connection: this one has seen the tables empty. */
  private final PostgresStorage storage = store.storage;

  private ManyOfARunIT() {
    store.accepted(TestStore.owning(run, worker, "w"));
  }

  private void owner(int number, IntFunction<Draft> draft) {
    for (int from = 0; from < number; from += SOME) {
      List<Draft> drafts = new ArrayList<>();
      for (int i = from; i < Math.min(from + SOME, number); i++) {
        drafts.add(draft.apply(i));
      }
      long seen = storage.run(run).orElseThrow().lastPosition();
      store.accepted(TestStore.owner(run, worker, 1, seen, drafts.toArray(Draft[]::new)));
    }
  }

  private Draft child(int number) {
    RunId child = TestStore.minted();
    children.add(child);
    String id = "chld_" + number;
    Fact.RunCreated creation =
        TestStore.creation("c")
            .childOf(new Parent(run.value(), id, ClosePolicy.ABANDON, run.value(), 1));
    return TestStore.about(
        id,
        new ChildFact.Created(
            SITE, child.value(), "c", ClosePolicy.ABANDON, null, new Birth(creation, false)));
  }

  /** How much was read by indexes of a table since the store was opened, creation included. */
  private long readsOf(String table) throws Exception {
    // A connection says what it did when it is closed.
    store.close();
    return Long.parseLong(
        store
            .sql(
                "SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = '"
                    + table
                    + "'")
            .getFirst());
  }

  @Test
  void theEndsOfSomeChildrenReadThose() throws Exception {
    owner(ALL, this::child);
    for (RunId child : children.subList(0, SOME)) {
      store.accepted(
          TestStore.anyone(child, new Draft(null, Instant.now(), new Fact.RunCompleted(null))));
    }
    assertThat(storage.relay(Set.of(run), SOME).getFirst().events()).hasSize(SOME);
    assertThat(readsOf("workflow_children")).isLessThan(SOME * READS_EACH);
    assertThat(readsOf("workflow_relays")).isLessThan(SOME * READS_EACH);
  }

  @Test
  void requestsToCancelSomeChildrenReadThose() throws Exception {
    owner(ALL, this::child);
    owner(SOME, i -> TestStore.about("chld_" + i, new ChildFact.CancelRequested("enough")));
    assertThat(readsOf("workflow_children")).isLessThan(SOME * READS_EACH);
  }

  @Test
  void theEndsOfSomeWaitsReadThose() throws Exception {
    Instant until = Instant.now().plus(Duration.ofHours(1));
    owner(ALL, i -> TestStore.about("wait_" + i, new Fact.WaitCreated(SITE, until)));
    owner(SOME, i -> TestStore.about("wait_" + i, new Fact.WaitCompleted()));
    assertThat(readsOf("workflow_waits")).isLessThan(SOME * READS_EACH);
  }

  @Test
  void theDisposalsOfSomeHooksReadThose() throws Exception {
    owner(
        ALL,
        i -> TestStore.about("hook_" + i, new Fact.HookCreated(SITE, run + "-" + i, null, null)));
    owner(SOME, i -> TestStore.about("hook_" + i, new Fact.HookDisposed()));
    assertThat(readsOf("workflow_hooks")).isLessThan(SOME * READS_EACH);
  }
}

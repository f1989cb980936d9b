package dev.fantasticfour.world.core.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.BulkVerb;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.Cancellation;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.operate.ManyRuns.Asked;
import dev.fantasticfour.world.core.port.Audit.Entry;
import dev.fantasticfour.world.core.port.Audit.Outcome;
import dev.fantasticfour.world.core.port.Audit.Which;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.NoAudit;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may do what through the one facade, and what is written down of it. */
@Timeout(60)
class OperationsTest {

  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("w", String.class, String.class);
  private static final HookType<String> HOOK = HookType.of("hook", String.class);
  private static final AttributeKey<String> TENANT = AttributeKey.keyword("tenant");

  private final SystemMachine machine = new SystemMachine();
  private final MemoryStorage storage = new MemoryStorage(InstantSource.system());
  private final MemoryQueue queue = new MemoryQueue(machine);
  private final AtomicInteger requests = new AtomicInteger();
  private final EngineWorld world = world();
  private final Operations operations = over(storage);

  private EngineWorld world() {
    Registry registry = new Registry();
    var unused =
        registry.register(
            TYPE,
            (context, input) -> {
              try (var hook = context.hook(HOOK, "secret-" + input)) {
                return hook.await();
              }
            });
    return new EngineWorld(
        WorldConfig.inMemory(),
        storage,
        queue,
        new MemoryStreamer(machine),
        new JacksonPayloadCodec(),
        IdSource.of(machine),
        registry,
        machine);
  }

  private Operations over(Storage store) {
    return new Operations(
        store, world::client, () -> queue, () -> "r-" + requests.incrementAndGet());
  }

  @AfterEach
  void close() {
    world.close(Duration.ofSeconds(1));
  }

  private Operator as(String name, Permission... permissions) {
    return operations.as(new Principal(name, Set.of(permissions), List.of()), "test");
  }

  private Operator ada() {
    return operations.as(Principal.withAll("ada"), "test");
  }

  private String run() {
    return world.client().start(TYPE, "in").id();
  }

  private String runOf(String tenant) {
    return world.client().start(TYPE, "in", o -> o.attribute(TENANT, tenant)).id();
  }

  /** The newest first. */
  private List<Entry> entries() {
    return storage.audits(Which.ALL, PageRequest.newestFirst()).items();
  }

  private static ErrorCode refused(Runnable call) {
    return catchThrowableOfType(WorldException.class, call::run).code();
  }

  @Test
  void whatChangesSomethingNeedsMoreThanToReadAndIsWrittenDown() {
    Set<Permission> reading = EnumSet.of(Permission.READ, Permission.PAYLOADS);
    assertThat(Action.values())
        .filteredOn(Action::isAudited)
        .hasSizeGreaterThan(20)
        .noneMatch(action -> reading.contains(action.permission()));
    assertThat(Action.values())
        .filteredOn(action -> reading.contains(action.permission()))
        .isNotEmpty()
        .noneMatch(Action::isAudited);
  }

  @Test
  void whatWasDoneIsWrittenDownWithWhoAndWhyAndWhatCameOfIt() {
    String run = run();
    assertThat(ada().runs().cancel(run, "customer called")).isEqualTo(Cancellation.DONE);
    Entry entry = entries().getFirst();
    assertThat(entry.outcome()).isEqualTo(Outcome.DONE);
    assertThat(entry.detail()).isEqualTo("done");
    assertThat(entry.deed().actor()).isEqualTo("ada");
    assertThat(entry.deed().via()).isEqualTo("test");
    assertThat(entry.deed().action()).isEqualTo("cancel");
    assertThat(entry.deed().target()).isEqualTo(run);
    assertThat(entry.deed().reason()).isEqualTo("customer called");
    assertThat(entries()).hasSize(1);
  }

  @Test
  void itIsWrittenDownBeforeItIsDone() {
    String run = run();
    List<Entry> then =
        ada().act(Action.RUN_RETENTION, run, this::entries, entries -> entries.size() + " seen");
    assertThat(then)
        .singleElement()
        .satisfies(e -> assertThat(e.outcome()).isEqualTo(Outcome.INTENDED));
    assertThat(entries().getFirst().outcome()).isEqualTo(Outcome.DONE);
    assertThat(entries().getFirst().detail()).isEqualTo("1 seen");
  }

  @Test
  void whatFailsIsWrittenDownWithItsReason() {
    String nobody = "wrun_01ARZ3NDEKTSV4RRFFQ69G5FAV";
    assertThat(refused(() -> ada().runs().terminate(nobody, null)))
        .isEqualTo(ErrorCode.RUN_NOT_FOUND);
    assertThat(entries().getFirst().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(entries().getFirst().detail()).contains(nobody);
  }

  @Test
  void whoMayNotIsRefusedAndNothingIsDone() {
    String run = run();
    Operator viewer = as("eve", Permission.READ, Permission.PAYLOADS);
    assertThat(refused(() -> viewer.runs().terminate(run, null)))
        .isEqualTo(ErrorCode.NOT_PERMITTED);
    assertThat(viewer.view(run)).isNotInstanceOf(RunView.Cancelled.class);
    assertThat(entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.outcome()).isEqualTo(Outcome.REFUSED))
        .satisfies(entry -> assertThat(entry.detail()).contains("eve", "terminate", "operate"));
    assertThat(refused(() -> as("bob", Permission.OPERATE).runs().erase(run)))
        .isEqualTo(ErrorCode.NOT_PERMITTED);
    assertThat(refused(() -> as("bob", Permission.READ).view(run)))
        .isEqualTo(ErrorCode.NOT_PERMITTED);
    assertThat(as("bob", Permission.READ).runs(Runs.all(), PageRequest.newestFirst()).items())
        .hasSize(1);
    assertThat(refused(() -> viewer.audits(Which.ALL, PageRequest.newestFirst())))
        .isEqualTo(ErrorCode.NOT_PERMITTED);
  }

  @Test
  void whoPausesIsKeptWithTheRun() {
    String run = run();
    assertThat(ada().runs().pause(run, "the bank is away")).isTrue();
    assertThat(world.client().run(run).view())
        .isInstanceOfSatisfying(
            RunView.Paused.class, paused -> assertThat(paused.hold().by()).isEqualTo("ada"));
    assertThat(ada().runs().resume(run)).isTrue();
    assertThat(world.client().run(run).pause(null)).isTrue();
    assertThat(world.client().run(run).view())
        .isInstanceOfSatisfying(
            RunView.Paused.class,
            paused -> assertThat(paused.hold().by()).isEqualTo("application default"));
  }

  @Test
  void aRunBeyondTheirScopeIsNotThere() {
    String mine = runOf("a");
    String other = runOf("b");
    Principal tenant = new Principal("ada", Permission.ALL, List.of(TENANT.is("a")));
    Operator operator = operations.as(tenant, "test");
    assertThat(operator.runs(Runs.all(), PageRequest.newestFirst()).items())
        .extracting(run -> run.id().value())
        .containsExactly(mine);
    assertThat(operator.count(Runs.all()).runs()).isEqualTo(1);
    assertThat(refused(() -> operator.view(other))).isEqualTo(ErrorCode.RUN_NOT_FOUND);
    assertThat(refused(() -> operator.runs().cancel(other, null)))
        .isEqualTo(ErrorCode.RUN_NOT_FOUND);
    assertThat(entries().getFirst().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused(() -> operator.store().drain("b7"))).isEqualTo(ErrorCode.NOT_PERMITTED);
    assertThat(storage.builds()).isEmpty();

    assertThat(refused(() -> operator.queues().all())).isEqualTo(ErrorCode.NOT_PERMITTED);
    assertThat(refused(() -> operator.queues().dead("q", PageRequest.oldestFirst())))
        .isEqualTo(ErrorCode.NOT_PERMITTED);

    bulk(operator, BulkVerb.CANCEL, Runs.all());
    assertThat(world.client().run(mine).view()).isInstanceOf(RunView.Cancelled.class);
    assertThat(world.client().run(other).view()).isNotInstanceOf(RunView.Cancelled.class);
  }

  @Test
  void nobodyMovesARunOutOfTheirScope() {
    String mine = runOf("a");
    Principal tenant = new Principal("ada", Permission.ALL, List.of(TENANT.is("a")));
    Operator operator = operations.as(tenant, "test");
    assertThat(refused(() -> operator.runs().setAttributes(mine, c -> c.set(TENANT, "b"))))
        .isEqualTo(ErrorCode.NOT_PERMITTED);
    assertThat(refused(() -> operator.runs().setAttributes(mine, c -> c.unset(TENANT))))
        .isEqualTo(ErrorCode.NOT_PERMITTED);
    assertThat(operator.count(Runs.all()).runs()).isEqualTo(1);
  }

  private static void bulk(Operator operator, BulkVerb verb, RunFilter filter) {
    Asked asked = new Asked(verb, filter, "op-1", 1_000, "too many");
    var unused = operator.manyRuns().run(asked, operator.manyRuns().preview(asked).ticket(), false);
  }

  @Test
  void aBulkIsOneEntryWithItsFilterAndNumbers() {
    for (int i = 0; i < 3; i++) {
      var unused = run();
    }
    bulk(ada(), BulkVerb.TERMINATE, Runs.of("w"));
    assertThat(entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.deed().action()).isEqualTo("bulk-terminate"))
        .satisfies(entry -> assertThat(entry.deed().target()).isNull())
        .satisfies(
            entry -> assertThat(entry.deed().filter()).isEqualTo("workflow=w operation=op-1"))
        .satisfies(
            entry -> assertThat(entry.detail()).isEqualTo("3 done, 0 were so already, 0 refused"));
  }

  @Test
  void theTokenOfAHookIsNotWrittenDown() {
    world.start();
    var run = world.client().start(TYPE, "in");
    String token = run.awaitHook(HOOK, Duration.ofSeconds(20));
    assertThat(ada().runs().resumeHook(token, "\"yes\"")).isEqualTo(run.id());
    assertThat(run.result(Duration.ofSeconds(20))).isEqualTo("yes");
    assertThat(entries().getFirst().deed().target()).isEqualTo(run.id());
    assertThat(entries().toString()).doesNotContain(token);
  }

  @Test
  void aStorageThatWritesNothingDownIsActedUponAllTheSame() {
    Storage silent =
        new ForwardingStorage(storage) {
          @Override
          public Set<Capability> declined() {
            return EnumSet.of(Capability.AUDIT);
          }

          @Override
          public NoAudit auditor() {
            return new NoAudit() {};
          }
        };
    String run = run();
    Operator operator = over(silent).as(Principal.withAll("ada"), "test");
    assertThat(operator.runs().terminate(run, null)).isTrue();
    assertThat(entries()).isEmpty();
  }

  @Test
  void whoHasNoNameActsNot() {
    assertThat(refused(() -> Principal.withAll(" "))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }
}

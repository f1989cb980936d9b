package dev.fantasticfour.world.core.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Scope;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code that does everything it should not do when its threads are taken from it. */
class DetachTest {

  private static final HookType<String> HOOK = HookType.of("hook", String.class);
  private static final int EVICTIONS = 200;

  private static final Set<Boolean> SPOKE = ConcurrentHashMap.newKeySet();

  private record Hostile(String what, Workflow<String, String> code) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Hostile> hostiles() {
    return Stream.of(
        new Hostile("swallows everything for a while", DetachTest::swallows),
        new Hostile("takes steps in finally", DetachTest::stepsInFinally),
        new Hostile("nests hooks", DetachTest::nestsHooks),
        new Hostile("returns as if nothing was", DetachTest::returnsAnyway),
        new Hostile("leaves scopes open", DetachTest::leavesScopesOpen));
  }

  private static String swallows(WorkflowContext ctx, String input) {
    System.Logger logger = ctx.logger();
    Hook<String> hook = ctx.hook(HOOK, "token");
    for (int i = 0; i < 50; i++) {
      try {
        return hook.await();
      } catch (Throwable e) {
        SPOKE.add(logger.isLoggable(System.Logger.Level.ERROR));
      }
    }
    return "swallowed";
  }

  private static String stepsInFinally(WorkflowContext ctx, String input) {
    Hook<String> hook = ctx.hook(HOOK, "token");
    try {
      return hook.await();
    } finally {
      try {
        ctx.step("clean up", String.class, s -> "never");
      } finally {
        ctx.sleep(Duration.ofHours(1));
      }
    }
  }

  private static String nestsHooks(WorkflowContext ctx, String input) {
    try (Hook<String> outer = ctx.hook(HOOK, "token")) {
      try (Hook<String> inner = ctx.hook(HOOK, "inner")) {
        return outer.await() + inner.await();
      }
    }
  }

  private static String returnsAnyway(WorkflowContext ctx, String input) {
    try (Hook<String> hook = ctx.hook(HOOK, "token")) {
      return hook.await();
    } catch (Throwable e) {
      return "all is well";
    }
  }

  private static String leavesScopesOpen(WorkflowContext ctx, String input) {
    Hook<String> hook = ctx.hook(HOOK, "token");
    Scope scope = ctx.scope();
    scope.fork(c -> returnsAnyway(c.hook(HOOK, "inner")));
    scope.fork(c -> returnsAnyway(c.hook(HOOK, "innermost")));
    try {
      return hook.await();
    } catch (Throwable e) {
      return "left open";
    }
  }

  private static String returnsAnyway(Hook<String> hook) {
    try {
      return hook.await();
    } catch (Throwable e) {
      return "all is well";
    }
  }

  @ParameterizedTest
  @MethodSource("hostiles")
  void evictionLeavesNoThreadBehind(Hostile hostile) throws Exception {
    try (Rig rig = new Rig(hostile.code())) {
      for (int i = 0; i < EVICTIONS; i++) {
        rig.evict();
        assertThat(rig.execution().threads()).isZero();
        rig.load(hostile.code());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("hostiles")
  void evictionAppendsNothing(Hostile hostile) throws Exception {
    try (Rig rig = new Rig(hostile.code())) {
      List<String> before = rig.words();
      for (int i = 0; i < EVICTIONS; i++) {
        rig.evict();
        rig.load(hostile.code());
      }

      assertThat(rig.words()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("hostiles")
  void evictionDisposesNoHook(Hostile hostile) throws Exception {
    try (Rig rig = new Rig(hostile.code())) {
      int hooks = hooks(rig);
      rig.evict();

      assertThat(hooks(rig)).isEqualTo(hooks);
    }
  }

  private static int hooks(Rig rig) {
    return rig.stage().storage().hooks(rig.stage().run(), PageRequest.oldestFirst()).items().size();
  }

  @Test
  void detachedCodeLogsNothing() throws Exception {
    SPOKE.clear();
    try (Rig rig = new Rig(DetachTest::swallows)) {
      rig.evict();

      assertThat(SPOKE).containsExactly(false);
    }
  }

  @Test
  void codeThatSwallowsItsEndForEverIsHeldRatherThanLeftToBurn() throws Exception {
    CountDownLatch thousandTimes = new CountDownLatch(1_000);
    AtomicInteger calls = new AtomicInteger();
    Rig rig = new Rig((ctx, in) -> endless(ctx, calls, thousandTimes));

    rig.evictBlindly();

    assertThat(thousandTimes.await(20, TimeUnit.SECONDS)).isTrue();
    rig.host().threads().forEach(Thread::interrupt);
    assertThat(calls.get()).isBetween(1_000, 1_002);
    assertThat(rig.execution().threads()).isOne();
  }

  private static String endless(WorkflowContext ctx, AtomicInteger calls, CountDownLatch latch) {
    while (true) {
      try {
        calls.incrementAndGet();
        ctx.sleep(Duration.ofHours(1));
      } catch (Throwable e) {
        latch.countDown();
      }
    }
  }
}

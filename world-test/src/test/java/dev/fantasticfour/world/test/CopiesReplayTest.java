package dev.fantasticfour.world.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.api.workflow.AtOnce;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What runs that go on as others have in their logs is told to their code again. */
class CopiesReplayTest {

  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("order", String.class, String.class);
  private static final HookType<String> APPROVAL = HookType.of("approval", String.class);
  private static final SignalType<String> SAID = SignalType.of("said", String.class);

  private final AtomicBoolean mended = new AtomicBoolean();

  private String order(WorkflowContext ctx, String in) {
    long drawn = ctx.random().nextLong();
    List<String> parts =
        ctx.map(
            List.of("a", "b", "c"),
            AtOnce.atOnce(2),
            (branch, part) -> {
              branch.sleep(Duration.ofMinutes(part.charAt(0) % 3));
              return branch.step("pack", String.class, s -> part + drawn);
            });
    String approved = ctx.hook(APPROVAL, in).await();
    ctx.sleep(Duration.ofHours(1));
    String said = ctx.signals(SAID).await();
    String shipped =
        ctx.step(
            "ship",
            String.class,
            s -> {
              if (!mended.get()) {
                throw new FatalException("no lorry");
              }
              return "shipped";
            });
    return shipped + approved + said + parts.size();
  }

  /** OPS-12. */
  @Test
  void aCopyIsToldAgainBehindEveryBatch() {
    try (TestWorld world = TestWorld.inMemory()) {
      world.register(TYPE, this::order);
      Run<String> run = world.start(TYPE, "order-1");
      world.advance(Duration.ofMinutes(30));
      world.client().signal(SAID, run, "!");
      world.resume(run, APPROVAL, "yes");
      world.advance(Duration.ofHours(2));
      assertThat(run.view().run().errorCode()).isEqualTo("USER_ERROR");
      mended.set(true);

      Run<String> retried = run.retry();
      assertThat(world.result(retried)).isEqualTo("shippedyes!3");
      Run<String> forked = retried.forkFrom("pack", o -> o.occurrence(2));
      world.advance(Duration.ofMinutes(30));
      world.resume(forked, APPROVAL, "no");
      world.client().signal(SAID, forked, "?");
      assertThat(world.result(forked)).isEqualTo("shippedno?3");
      Run<String> again = forked.forkFrom("ship");
      assertThat(world.result(again)).isEqualTo("shippedno?3");

      assertThat(world.client().runs(Runs.of(TYPE), PageRequest.oldestFirst()).items()).hasSize(4);
      world.check();
    }
  }
}

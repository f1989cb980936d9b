package dev.fantasticfour.world.core.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.OptionalBinder;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.RunKeyConflictException;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.codec.SealingCodec;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A world whose values go through a codec that another module has bound. */
@Timeout(60)
class OtherCodecTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final WorkflowType<String, String> GREETING =
      WorkflowType.of("greeting", String.class, String.class);
  private static final StepType<String, String> QUEUED =
      StepType.of("queued", String.class, String.class).queued();
  private static final HookType<String> ANSWER = HookType.of("answer", String.class);

  private final World world =
      Assembled.from(
          World.class,
          List.of(
              new WorldModule(
                  WorldConfig.inMemory(),
                  registry -> {
                    var unused =
                        registry
                            .register(
                                GREETING,
                                (context, name) -> {
                                  String said = context.step(QUEUED, name);
                                  try (var hook = context.hook(ANSWER)) {
                                    return said + ", " + hook.await();
                                  }
                                })
                            .register(QUEUED, (step, name) -> "hello " + name);
                  }),
              new MemoryModule(),
              new AbstractModule() {
                @Override
                protected void configure() {
                  OptionalBinder.newOptionalBinder(binder(), PayloadCodec.class)
                      .setBinding()
                      .toInstance(new SealingCodec());
                }
              }));
  private final WorldClient client = world.client();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void everyValueIsSealedAndTheRunGoesItsWay() {
    world.start();
    Run<String> run = client.start(GREETING, "Ada");
    String token = run.awaitHook(ANSWER, LONG);
    var unused = client.resume(ANSWER, token, "bye");

    assertThat(run.result(LONG)).isEqualTo("hello Ada, bye");
    assertThat(Objects.requireNonNull(run.view().run().output()).codec())
        .isEqualTo(SealingCodec.SEALED);
  }

  @Test
  void theSameValueUnderOneRunKeyIsTheSameRunThoughItWasSealedAnew() {
    Run<String> first = client.start(GREETING, "Ada", o -> o.runKey("key"));

    assertThat(client.start(GREETING, "Ada", o -> o.runKey("key")).id()).isEqualTo(first.id());
    assertThat(
            catchThrowableOfType(
                RunKeyConflictException.class,
                () -> client.start(GREETING, "Bob", o -> o.runKey("key"))))
        .isNotNull();
  }

  @Test
  void theSameMessageUnderOneKeyIsSentOnceThoughItWasSealedAnew() {
    world.start();
    Run<String> run = client.start(GREETING, "Ada");
    String token = run.awaitHook(ANSWER, LONG);
    for (int i = 0; i < 2; i++) {
      assertThat(client.resume(ANSWER, token, "bye", o -> o.idempotencyKey("once")))
          .isEqualTo(run.id());
    }

    assertThat(run.result(LONG)).isEqualTo("hello Ada, bye");
  }
}

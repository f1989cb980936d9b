package dev.fantasticfour.world.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.PostgresOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.embedded.Services;
import java.io.StringWriter;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/** An application that DevTools start anew in the same process whenever its code is edited. */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class RestartsIT {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int RESTARTS = 20;

  private static final WorkflowType<String, String> TYPE =
      WorkflowType.of("edited", String.class, String.class);
  private static final HookType<String> WORD = HookType.of("word", String.class);

  /** The code of the application; what stands for the marks is edited. */
  private static final String SOURCE =
      """
      package edited;

      import dev.fantasticfour.world.api.workflow.*;
      import dev.fantasticfour.world.spring.WorldRegistrar;
      import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
      import org.springframework.context.annotation.*;

      @Configuration(proxyBeanMethods = false)
      @ImportAutoConfiguration(dev.fantasticfour.world.spring.boot.WorldAutoConfiguration.class)
      public class Application {

        public record Said(String words) {}

        static final WorkflowType<String, String> TYPE =
            WorkflowType.of("edited", String.class, String.class);
        static final StepType<String, Said> STEP =
            StepType.of("%s", String.class, Said.class);
        static final HookType<String> WORD = HookType.of("word", String.class);

        @Bean
        WorldRegistrar edited() {
          return w ->
              w.register(STEP, (step, name) -> new Said("Hello, " + name))
                  .register(
                      TYPE,
                      (ctx, name) -> {
                        Said said = ctx.step(STEP, name);
                        try (var hook = ctx.hook(WORD, name)) {
                          return said.words() + hook.await();
                        }
                      });
        }
      }
      """;

  private final PostgresOptions postgres =
      PostgresOptions.ofUrl("url", Services.postgres().freshDatabase());
  private final List<WeakReference<World>> worlds = new ArrayList<>();
  private final List<String> builds = new ArrayList<>();

  @TempDir Path folder;

  private Path compiled(String step) throws Exception {
    Path classes = Files.createDirectories(folder.resolve(step));
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///edited/Application.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return SOURCE.formatted(step);
          }
        };
    StringWriter problems = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .getTask(problems, null, null, options, null, List.of(source))
                .call())
        .as(problems.toString())
        .isTrue();
    return classes;
  }

  /** What is done while the application runs. */
  private interface Use {
    void of(WorldClient client) throws Exception;
  }

  /** Starts the application with that code, as DevTools do it, and ends it. */
  private void restarted(Path classes, String storage, Use use) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    RestartClassLoader loader = new RestartClassLoader(classes.toUri().toURL(), before);
    thread.setContextClassLoader(loader);
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(
                new DefaultResourceLoader(loader), loader.loadClass("edited.Application"))
            .web(WebApplicationType.NONE)
            .run(
                "--spring.datasource.url=" + postgres.jdbcUrl(Map.of()),
                "--spring.datasource.username=" + postgres.user(),
                "--spring.datasource.password="
                    + (postgres.password() == null ? "" : postgres.password()),
                "--world.storage=" + storage,
                "--world.queue=memory",
                "--world.streamer=memory")) {
      worlds.add(new WeakReference<>(context.getBean(World.class)));
      builds.add(context.getBean(WorldConfig.class).buildId());
      use.of(context.getBean(WorldClient.class));
    } finally {
      thread.setContextClassLoader(before);
      loader.close();
    }
  }

  private static void until(String what, java.util.function.BooleanSupplier isSo) {
    Instant end = Instant.now().plus(LONG);
    while (!isSo.getAsBoolean()) {
      assertThat(Instant.now()).as(what).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Test
  void aRunThatWasParkedCompletesAfterAnEditAndBackAndNoWorldStaysBehind(CapturedOutput output)
      throws Exception {
    Path right = compiled("compose");
    Path edited = compiled("arrange");
    List<String> run = new ArrayList<>();
    restarted(
        right,
        "postgres",
        client -> {
          Run<String> parked = client.start(TYPE, "Ada");
          var unused = parked.awaitHook(WORD, LONG);
          run.add(parked.id());
        });
    restarted(
        edited,
        "postgres",
        client -> {
          var unused = client.resume(WORD, "Ada", "!");
          until(
              "it stands: code and history differ",
              () -> client.run(TYPE, run.getFirst()).view().run().stalledAt() != null);
        });
    restarted(
        right,
        "postgres",
        client ->
            assertThat(client.run(TYPE, run.getFirst()).result(LONG)).isEqualTo("Hello, Ada!"));
    while (worlds.size() < RESTARTS) {
      restarted(
          worlds.size() % 2 == 0 ? right : edited,
          "memory",
          client -> {
            var unused = client.start(TYPE, "Eve").awaitHook(WORD, LONG);
          });
    }

    assertThat(builds).doesNotHaveDuplicates().allMatch(build -> build.startsWith("dev-"));
    assertThat(output.getAll()).doesNotContain("ClassCastException");
    // The last one may be held by what was used last; the others by nobody.
    until(
        "at most one world is in the heap",
        () -> {
          System.gc();
          return worlds.stream().filter(world -> world.get() != null).count() <= 1;
        });
  }
}

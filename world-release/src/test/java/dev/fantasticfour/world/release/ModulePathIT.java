package dev.fantasticfour.world.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that is a module, with all else on the class path. */
@Timeout(120)
class ModulePathIT {

  private static final String MODULE =
      """
      module shop {
        requires dev.fantasticfour.world.api;
        opens shop.order;
      }
      """;

  private static final String APPLICATION =
      """
      package shop.order;

      import dev.fantasticfour.world.api.World;
      import dev.fantasticfour.world.api.config.WorldConfig;
      import dev.fantasticfour.world.api.workflow.WorkflowType;
      import java.time.Duration;

      public final class Shop {
        public record Order(String customer, int pieces) {}

        static final WorkflowType<Order, String> ORDER =
            WorkflowType.of("order", Order.class, String.class);

        public static void main(String[] arguments) {
          try (World world =
              World.create(
                  WorldConfig.fromEnvironment(),
                  w ->
                      w.register(
                          ORDER,
                          (ctx, order) ->
                              ctx.step(
                                  "pack",
                                  String.class,
                                  s -> order.pieces() + " for " + order.customer())))) {
            world.start();
            System.out.println(
                World.class.getModule().getName()
                    + ": "
                    + world.client().start(ORDER, new Order("Ada", 3)).result(Duration.ofMinutes(1)));
          }
        }
      }
      """;

  @TempDir Path temporary;

  @Test
  void anApplicationThatIsAModuleCompilesAndRuns() throws Exception {
    Path sources = Files.createDirectories(temporary.resolve("sources/shop/order"));
    Path declared = Files.writeString(temporary.resolve("sources/module-info.java"), MODULE);
    Path written = Files.writeString(sources.resolve("Shop.java"), APPLICATION);
    Path classes = temporary.resolve("classes");
    String modules = Build.jar("world-api") + File.pathSeparator + library("jspecify-");
    Outcome compiled =
        run(
            "javac",
            "-Xlint:all",
            "-Werror",
            "-d",
            classes.toString(),
            "--module-path",
            modules,
            declared.toString(),
            written.toString());
    assertThat(compiled.code()).as(compiled.output()).isZero();

    // Without what is for compilers only.
    Outcome printed =
        run(
            "java",
            "--module-path",
            classes + File.pathSeparator + Build.jar("world-api"),
            "-cp",
            classPath(),
            "-m",
            "shop/shop.order.Shop");
    assertThat(printed.code()).as(printed.output()).isZero();
    assertThat(printed.output()).contains("dev.fantasticfour.world.api: 3 for Ada");
  }

  /** All that the command is delivered with, but what stands on the path of modules. */
  private static String classPath() throws IOException {
    return libraries()
        .filter(file -> !file.getFileName().toString().matches("(world-api|jspecify)-.*"))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path library(String name) throws IOException {
    return libraries()
        .filter(file -> file.getFileName().toString().startsWith(name))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Path> libraries() throws IOException {
    try (Stream<Path> files = Files.list(Build.ROOT.resolve("world-cli/target/lib"))) {
      return files.toList().stream();
    }
  }

  private record Outcome(int code, String output) {}

  private static Outcome run(String tool, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    for (String port : List.of("STORAGE", "QUEUE", "STREAMER")) {
      builder.environment().put("WORKFLOW_" + port, "memory");
    }
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), output);
  }
}

package dev.fantasticfour.world.test.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule as applications use it. */
final class WorkflowRulesTest {

  @TempDir private Path compiled;

  @Test
  void aPackageIsCheckedInOneLine() throws Exception {
    compile(
        "Orders",
        """
        package com.acme.orders;
        import dev.fantasticfour.world.api.workflow.*;
        final class Orders implements Workflow<String, String> {
          public String run(WorkflowContext ctx, String order) {
            return order
                + java.util.UUID.randomUUID();
          }
        }
        """);
    Throwable thrown = withClasses(() -> WorkflowRules.check("com.acme.orders"));
    assertThat(thrown)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("code of workflows should do the same in every replay")
        .hasMessageContaining(
            "com.acme.orders.Orders.run (Orders.java:6): UUID.randomUUID() is another in every"
                + " replay; use ctx.uuid()");
  }

  @Test
  void aPackageThatIsRightPasses() throws Exception {
    compile(
        "Orders",
        """
        package com.acme.orders;
        import dev.fantasticfour.world.api.workflow.*;
        final class Orders implements Workflow<String, String> {
          public String run(WorkflowContext ctx, String order) {
            System.out.println(order);
            return ctx.step("id", String.class, step -> "" + java.util.UUID.randomUUID());
          }
        }
        """);
    assertThat(withClasses(() -> WorkflowRules.check("com.acme.orders"))).isNull();
  }

  @Test
  void aPackageWithoutWorkflowsIsTheWrongOne() {
    assertThatThrownBy(() -> WorkflowRules.check("com.acme.nothing"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("failed to check any classes");
  }

  @Test
  void classesThatAreGivenAreCheckedAsTheyAre() {
    assertThatThrownBy(() -> WorkflowRules.check(Looking.imported(Wrong.class)))
        .hasMessageContaining(Looking.placeOf(Wrong.class, "run", "nanoTime"));
  }

  static final class Wrong {
    static long run(WorkflowContext ctx) {
      return System.nanoTime();
    }
  }

  @Test
  void classesInAJarAreReadAsWell() {
    assertThat(Looking.violationsIn(Assertions.class)).isEmpty();
  }

  private void compile(String name, String source) throws IOException {
    Path file = Files.writeString(compiled.resolve(name + ".java"), source);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-g",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                compiled.toString(),
                file.toString());
    assertThat(result).isZero();
  }

  private Throwable withClasses(Runnable check) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {compiled.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return catchThrowable(check::run);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}

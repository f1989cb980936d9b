package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees whose application cannot be asked: one line, and no stack trace. */
class ReplayUsageTest {

  @TempDir private Path folder = Path.of("");

  private Path compiled(String name, String text) throws IOException {
    Path source = Files.writeString(folder.resolve(name + ".java"), text);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    null,
                    null,
                    "-proc:none",
                    "-cp",
                    folder + File.pathSeparator + System.getProperty("java.class.path"),
                    "-d",
                    folder.toString(),
                    source.toString()))
        .isZero();
    return folder;
  }

  private Path registrar(String name, String members) throws IOException {
    return compiled(
        name,
        """
        import dev.fantasticfour.world.api.*;
        public class %s implements Registrar { %s }
        """
            .formatted(name, members));
  }

  private static void refused(String classPath, String name, String... words) {
    Cli.Outcome outcome =
        new Cli(Map.of()).run("replay", "--classpath", classPath, "--registrations", name);
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains(words).doesNotContain("\tat ");
  }

  @Test
  void aClassPathThatIsNotThereIsNamedByThePartThatIsNot() throws IOException {
    refused(folder + File.pathSeparator + "gone.jar", "Shop", "'gone.jar' is not there");
    refused(folder + "/lib/*", "Shop", "/lib/*' cannot be read");
    refused(folder + "/*", "Shop", "stands for no jar");
    Path text = Files.writeString(folder.resolve("a.txt"), "no jar");
    refused(text.toString(), "Shop", "neither a folder nor a jar");
    assertThat(new Cli(Map.of()).run("replay").err()).contains("--classpath", "--help");
  }

  @Test
  void aClassThatIsNotThereOrIsNoRegistrarIsNamed() throws IOException {
    Path classes = compiled("Plain", "public class Plain {}");
    refused(classes.toString(), "Gone", "class 'Gone' is not on the class path");
    refused(classes.toString(), "Plain", "class 'Plain'", "api.Registrar");
    String none = "public void accept(Registrations w) {}";
    registrar("Hidden", "private Hidden() {} " + none);
    refused(classes.toString(), "Hidden", "must be public");
    registrar(
        "Throws", none + " public Throws() { throw new IllegalStateException(\"no bank\"); }");
    refused(classes.toString(), "Throws", "cannot be made", "no bank");
    registrar(
        "Fails",
        "public void accept(Registrations w) { throw new RuntimeException(\"no desk\"); }");
    refused(classes.toString(), "Fails", "cannot register", "no desk");
  }

  @Test
  void aClassWhoseLibrariesAreNotThereSaysWhatItMisses() throws IOException {
    compiled("Bank", "public class Bank {}");
    Path classes =
        registrar(
            "Needs", "public void accept(Registrations w) { System.out.println(new Bank()); }");
    Files.delete(classes.resolve("Bank.class"));
    refused(classes.toString(), "Needs", "cannot be loaded", "Bank", "--classpath");
  }

  @Test
  void jarsWithinAJarAreSaidToBeNoClassPath() throws IOException {
    Path boot = folder.resolve("boot.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(boot))) {
      out.putNextEntry(new JarEntry("BOOT-INF/lib/a.jar"));
      out.closeEntry();
    }
    refused(folder + "/*", "Shop", "jars within a jar", "extract");
    assertThat(new Cli(Map.of()).run("replay", "--classpath", boot.toString()).err())
        .contains("there is none: name one with --registrations", "META-INF/services");
  }

  @Test
  void registrarsThatTheClassPathNamesAreFound() throws IOException {
    Path classes = registrar("Found", "public void accept(Registrations w) {}");
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve("dev.fantasticfour.world.api.Registrar"), "Found\n");
    Cli.Outcome outcome = new Cli(Map.of()).run("replay", "--classpath", classes.toString());
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains("WORKFLOW_POSTGRES_URL is not set");
    Files.writeString(services.resolve("dev.fantasticfour.world.api.Registrar"), "Gone\n");
    assertThat(new Cli(Map.of()).run("replay", "--classpath", classes.toString()).err())
        .contains("Gone")
        .doesNotContain("\tat ");
  }

  /** What the application is compiled with is what it is asked with. */
  @Test
  void itsLibrariesAreItsOwn() throws IOException {
    Path classes =
        registrar(
            "Alone",
            """
            public void accept(Registrations w) {
              try {
                Class.forName("picocli.CommandLine");
              } catch (ClassNotFoundException e) {
                throw new RuntimeException("sees nothing of ours");
              }
            }
            """);
    refused(classes.toString(), "Alone", "sees nothing of ours");
  }
}

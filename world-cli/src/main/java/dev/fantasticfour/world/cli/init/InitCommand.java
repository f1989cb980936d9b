package dev.fantasticfour.world.cli.init;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code world init}. */
@Command(
    name = "init",
    description = {
      "Begin a project: one workflow with steps, a sleep and a hook, a program that runs it on",
      "servers of its own, a test, and a Maven build. Asks no server and nothing of the network."
    })
public final class InitCommand implements Callable<Integer> {

  private static final int MOST_NAMED = 10;

  private final Session session;
  private final Callable<String> version;
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "DIRECTORY", description = "where, and what the project is called")
  private String directory = "";

  @ArgGroup private Kind kind = new Kind();

  /** One of them; the first when none is named. */
  static final class Kind {
    @Option(
        names = "--plain",
        description = "a program with a main method; as when nothing is said")
    private boolean plain;

    @Option(names = "--spring", description = "an application of Spring Boot")
    private boolean spring;

    Template template() {
      return spring ? Template.SPRING : Template.PLAIN;
    }
  }

  @Option(
      names = "--force",
      description = "also where there is something already; nothing that differs is overwritten")
  private boolean force;

  /**
   * @param version says the version of World
   */
  public InitCommand(Session session, Callable<String> version) {
    this.session = session;
    this.version = version;
  }

  @Override
  public Integer call() throws Exception {
    Path project = path();
    Template template = kind.template();
    Map<String, String> files = template.files(name(project), version.call());
    requireFree(project, files);
    List<String> written = new ArrayList<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path to = project.resolve(file.getKey());
      if (!Files.exists(to)) {
        Files.createDirectories(to.getParent());
        Files.writeString(to, file.getValue());
        written.add(file.getKey());
      }
    }
    new Printed(session, output)
        .value(
            () ->
                Json.object().put("directory", project.toString()).set("written", Json.of(written)),
            () ->
                written.size()
                    + " files are in "
                    + directory
                    + ". Next:\n  cd "
                    + directory
                    + "\n  mvn test\n  "
                    + template.running());
    return ExitCode.OK;
  }

  private Path path() {
    try {
      return Path.of(directory).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "'" + directory + "' is no path: " + e.getReason());
    }
  }

  /** As Maven wants it. */
  private String name(Path project) {
    Path last = project.getFileName();
    String name =
        last == null
            ? ""
            : last.toString()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._-]+", "-")
                .replaceAll("^[^a-z0-9]+|[^a-z0-9]+$", "");
    if (name.isEmpty()) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "a project is called as its directory is, and '"
              + directory
              + "' has no letter or digit for that: name another one");
    }
    return name;
  }

  /** Nothing is written where anything stands in the way. */
  private void requireFree(Path project, Map<String, String> files) throws IOException {
    if (Files.exists(project) && !Files.isDirectory(project)) {
      throw inTheWay("it is a file", "");
    }
    if (!force) {
      if (Files.exists(project)) {
        try (Stream<Path> there = Files.list(project)) {
          List<String> names = there.map(file -> file.getFileName().toString()).sorted().toList();
          if (!names.isEmpty()) {
            throw inTheWay(
                "it holds " + named(names), "; with --force what is there stays as it is");
          }
        }
      }
      return;
    }
    List<String> different = new ArrayList<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path to = project.resolve(file.getKey());
      if (Files.exists(to) && !isSame(to, file.getValue())) {
        different.add(file.getKey());
      }
    }
    if (!different.isEmpty()) {
      throw inTheWay(named(different) + " would be overwritten", "; move what differs away");
    }
  }

  private static boolean isSame(Path file, String text) throws IOException {
    return Files.isRegularFile(file)
        && new String(Files.readAllBytes(file), StandardCharsets.UTF_8).equals(text);
  }

  private static String named(List<String> names) {
    int more = names.size() - MOST_NAMED;
    return names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private WorldException inTheWay(String what, String remedy) {
    return new WorldException(
        ErrorCode.INVALID_ARGUMENT, "nothing was written to '" + directory + "': " + what + remedy);
  }
}

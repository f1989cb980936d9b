package dev.fantasticfour.world.cli.session;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command. */
public final class Output {

  @Option(
      names = "--json",
      description = "print JSON for programs instead of text for people, one document a line")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "log what happens to standard error, and show stack traces")
  private boolean verbose;

  /** Looked for before any command is made: what it says is known to all of them. */
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "the servers of that profile in ~/.config/world/config.properties")
  private @Nullable String profile;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and end")
  private boolean help;

  /** Whether results are printed as JSON. */
  public boolean json() {
    return json;
  }

  /** Whether everything is logged. */
  public boolean verbose() {
    return verbose;
  }
}

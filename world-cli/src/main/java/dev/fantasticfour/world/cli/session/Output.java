package dev.fantasticfour.world.cli.session;

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

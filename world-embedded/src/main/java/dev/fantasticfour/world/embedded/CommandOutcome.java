package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a short command ended.
 *
 * @param exitCode of the process; 127 if it could not even be started
 * @param output what it wrote to standard output and standard error
 */
record CommandOutcome(int exitCode, String output) {
  private static final long PATIENCE_SECONDS = 30;

  /**
   * Runs a command that ends by itself and says little.
   *
   * @throws EmbeddedServerException if it does not end in time or the thread is interrupted
   */
  static CommandOutcome of(List<String> command) {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return new CommandOutcome(127, String.valueOf(e.getMessage()));
    }
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new EmbeddedServerException("Command does not end: " + command);
      }
      return new CommandOutcome(process.exitValue(), output);
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot read what a command says: " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("Interrupted while running " + command, e);
    }
  }
}

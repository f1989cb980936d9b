package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small shell process that ends a server when this JVM is gone, and removes its directory.
 *
 * <p>It reads from a pipe that only this JVM holds open. The operating system closes the pipe
 * however the JVM ends, by return, exception, signal or {@code kill -9}; nothing needs to run in
 * the JVM for that. It is deliberately not a shutdown hook: the server stays up until the JVM is
 * really gone, so that other shutdown hooks can still use it.
 */
final class Watchdog implements AutoCloseable {
  /** Arguments: signal that ends the server, directory to remove in the end or nothing. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      server=
      # A server that ended counts as gone even before someone has collected its exit code, which
      # in a container may be never.
      alive() {
        kill -0 "$server" || return 1
        if read -r stat <"/proc/$server/stat"; then
          case $stat in *") Z "*) return 1 ;; esac
        fi
        return 0
      }
      while read -r verb word; do
        case $verb in
          watch) server=$word ;;
          forget) [ "$word" != "$server" ] || server= ;;
          leave) exit 0 ;;
        esac
      done
      if [ -n "$server" ]; then
        kill -CONT "$server"
        kill -"$1" "$server"
        tries=0
        while alive && [ $tries -lt 160 ]; do
          sleep 0.05
          tries=$((tries + 1))
          # A server that ignores the polite signal gets the impolite one.
          [ $tries -eq 60 ] && kill -QUIT "$server"
        done
        if alive; then kill -KILL "$server"; fi
      fi
      [ -z "$2" ] || rm -rf "$2"
      """;

  private final Process process;
  private final Writer orders;

  private Watchdog(Process process) {
    this.process = process;
    this.orders = process.outputWriter(StandardCharsets.US_ASCII);
  }

  /**
   * Starts a watchdog that has nothing to watch yet.
   *
   * @param signal what ends the server, for example {@code QUIT}
   * @param directory removed when the JVM is gone; {@code null} to keep everything
   */
  static Watchdog start(String signal, @Nullable Path directory) throws IOException {
    List<String> command = new ArrayList<>(ownSession());
    command.addAll(List.of("/bin/sh", "-c", SCRIPT, "world-watchdog", signal));
    command.add(directory == null ? "" : directory.toAbsolutePath().toString());
    return new Watchdog(
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /**
   * Words that put a command into a session of its own, where Ctrl-C and the end of a terminal or
   * of a build's process group do not reach it; empty where the system has no such program (macOS).
   */
  static List<String> ownSession() {
    return Platform.executable("setsid")
        .map(setsid -> List.of(setsid.toString()))
        .orElse(List.of());
  }

  /** From now on the end of this JVM ends the process with this number. */
  void watch(long pid) throws IOException {
    order("watch " + pid);
  }

  /**
   * That process has ended, and its number may soon be another's. Nothing happens if another is
   * watched by now.
   */
  void forget(long pid) throws IOException {
    order("forget " + pid);
  }

  /** Ends the watchdog; the end of this JVM has no effect any more. */
  @Override
  public void close() {
    if (!process.isAlive()) {
      return;
    }
    try {
      order("leave");
    } catch (IOException e) {
      throw new UncheckedIOException("The watchdog does not take orders", e);
    }
  }

  private synchronized void order(String line) throws IOException {
    orders.write(line + "\n");
    orders.flush();
  }
}

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
  /**
   * Arguments: signal that ends the server, directory to remove in the end or nothing, file that
   * stands as long as others may join or nothing.
   */
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
          join) (: >"$word") || true ;;
          leave) exit 0 ;;
        esac
      done
      # Whoever has got no answer by now gets none any more, and waits until the server is gone.
      [ -z "$3" ] || mv -f "$3" "$3.leaving"
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
      [ -z "$3" ] || rm -f "$3.leaving"
      """;

  private final Process process;
  private final Writer orders;

  private Watchdog(Process process, Writer orders) {
    this.process = process;
    this.orders = orders;
  }

  /** Starts the watchdog of a server. */
  @FunctionalInterface
  interface Starter {
    /**
     * Starts one that has nothing to watch yet.
     *
     * @param signal what ends the server, for example {@code QUIT}
     * @param directory removed when nobody is left; {@code null} to keep everything
     */
    Watchdog start(String signal, @Nullable Path directory) throws IOException;
  }

  /**
   * Starts a watchdog that has nothing to watch yet.
   *
   * @param signal what ends the server, for example {@code QUIT}
   * @param directory removed when the JVM is gone; {@code null} to keep everything
   */
  static Watchdog start(String signal, @Nullable Path directory) throws IOException {
    Process process =
        new ProcessBuilder(command(signal, directory, ""))
            .directory(Path.of("/").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Watchdog(process, process.outputWriter(StandardCharsets.US_ASCII));
  }

  /**
   * Starts a watchdog of several JVMs: it reads from a pipe with a name, and ends the server when
   * the last of those that have opened it is gone.
   *
   * @param pipe which this JVM has open already
   * @param orders where this JVM writes into the pipe
   * @param joinable the file whose removal tells others that they come too late
   */
  static Watchdog share(
      String signal, @Nullable Path directory, Path pipe, Writer orders, Path joinable)
      throws IOException {
    return new Watchdog(
        new ProcessBuilder(command(signal, directory, joinable.toString()))
            .directory(Path.of("/").toFile())
            .redirectInput(pipe.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start(),
        orders);
  }

  private static List<String> command(String signal, @Nullable Path directory, String joinable) {
    List<String> command = new ArrayList<>(ownSession());
    command.addAll(List.of("/bin/sh", "-c", SCRIPT, "world-watchdog", signal));
    command.add(directory == null ? "" : directory.toAbsolutePath().toString());
    command.add(joinable);
    return command;
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

  /** The process, which {@link ProcessHandle} knows. */
  ProcessHandle handle() {
    return process.toHandle();
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

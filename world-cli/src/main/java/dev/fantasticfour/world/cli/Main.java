package dev.fantasticfour.world.cli;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.session.Actor;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Profile;
import dev.fantasticfour.world.cli.session.Session;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the {@code world} command begins and ends. */
public final class Main {

  private Main() {}

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    WatchedStream out = new WatchedStream(new FileOutputStream(FileDescriptor.out));
    PrintWriter err = writer(new WatchedStream(new FileOutputStream(FileDescriptor.err)));
    int code = run(arguments, System.getenv(), writer(out), err, columns(), answers());
    out.failure().filter(e -> !isClosedPipe(e)).ifPresent(e -> tell(e, err));
    // Not by return: threads of drivers must not keep an answered command alive.
    System.exit(code);
  }

  static int run(
      String[] arguments,
      Map<String, String> variables,
      PrintWriter out,
      PrintWriter err,
      OptionalInt columns,
      @Nullable Supplier<@Nullable String> answers) {
    Optional<String> garbled = Garbled.in(arguments, variables);
    if (garbled.isPresent()) {
      err.println("world: " + garbled.get());
      err.flush();
      return ExitCode.NOT_ASKED;
    }
    Session session;
    try {
      Profile profile = Profile.chosen(arguments, variables).orElse(null);
      Map<String, String> settings = profile == null ? variables : profile.over(variables);
      settings = Actor.over(arguments, settings);
      session = new Session(settings, out, err, columns, profile, answers);
    } catch (WorldException e) {
      err.println("world: " + Secrets.mask(e.getMessage()));
      err.flush();
      return ExitCode.of(e);
    }
    int code = Commands.of(session, Asked.by(arguments)).execute(arguments);
    err.flush();
    // An answer that nobody could read is none.
    return out.checkError() && code == ExitCode.OK ? ExitCode.NOT_ASKED : code;
  }

  /** Whoever read has seen enough, as {@code head} has after some lines; that is no mistake. */
  private static boolean isClosedPipe(IOException failure) {
    return String.valueOf(failure.getMessage()).contains("Broken pipe");
  }

  private static void tell(IOException failure, PrintWriter err) {
    err.println("world: cannot write to standard output: " + failure.getMessage());
  }

  /** UTF-8 whatever the locale is: JSON is nothing else. */
  private static PrintWriter writer(WatchedStream to) {
    return new PrintWriter(to, true, StandardCharsets.UTF_8);
  }

  /**
   * Whoever sits at a terminal, of which the launcher tells; what comes from a pipe is no answer.
   */
  private static @Nullable Supplier<@Nullable String> answers() {
    if (!Boolean.getBoolean("world.interactive")) {
      return null;
    }
    BufferedReader typed = new BufferedReader(new InputStreamReader(System.in));
    return () -> {
      try {
        return typed.readLine();
      } catch (IOException e) {
        return null;
      }
    };
  }

  /** Told by the launcher, which knows whether there is a terminal. */
  private static OptionalInt columns() {
    Integer columns = Integer.getInteger("world.columns");
    return columns == null ? OptionalInt.empty() : OptionalInt.of(Math.max(40, columns));
  }
}

package dev.fantasticfour.world.cli;

import dev.fantasticfour.world.cli.session.Session;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;

/** Where the {@code world} command begins and ends. */
public final class Main {

  private Main() {}

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    int code =
        run(
            arguments,
            System.getenv(),
            writer(FileDescriptor.out),
            writer(FileDescriptor.err),
            columns());
    // Not by return: threads of drivers must not keep an answered command alive.
    System.exit(code);
  }

  static int run(
      String[] arguments,
      Map<String, String> variables,
      PrintWriter out,
      PrintWriter err,
      OptionalInt columns) {
    Session session = new Session(variables, out, err, columns);
    int code = Commands.of(session).execute(arguments);
    out.flush();
    err.flush();
    return code;
  }

  /** UTF-8 whatever the locale is: JSON is nothing else. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Told by the launcher, which knows whether there is a terminal. */
  private static OptionalInt columns() {
    Integer columns = Integer.getInteger("world.columns");
    return columns == null ? OptionalInt.empty() : OptionalInt.of(Math.max(40, columns));
  }
}

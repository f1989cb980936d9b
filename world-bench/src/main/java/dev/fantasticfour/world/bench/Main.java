package dev.fantasticfour.world.bench;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.embedded.EmbeddedServerException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Where {@code world bench} begins and ends. */
public final class Main {

  private static final int NOT_MEASURED = 2;

  private Main() {}

  /** Measures, and ends the JVM with the exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = writer(FileDescriptor.out);
    // Libraries that print do so beside the result, which may be read by a program.
    System.setOut(System.err);
    java.util.logging.Logger.getLogger("org.postgresql").setLevel(java.util.logging.Level.OFF);
    int code = run(arguments, out, writer(FileDescriptor.err));
    // Not by return: threads of drivers and peers must not keep a finished benchmark alive.
    System.exit(code);
  }

  static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    int code =
        new CommandLine(new BenchCommand())
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpWidth(100)
            .setParameterExceptionHandler(Main::badUsage)
            .setExecutionExceptionHandler((e, line, parsed) -> failed(e, line))
            .execute(arguments);
    out.flush();
    err.flush();
    return code;
  }

  private static int badUsage(ParameterException e, String[] arguments) {
    String message = oneLine(String.valueOf(e.getMessage()));
    e.getCommandLine().getErr().println("world bench: " + message + " (see 'world bench --help')");
    return NOT_MEASURED;
  }

  /** A mistake of people and machines is one line; anything else is a mistake of ours. */
  private static int failed(Exception e, CommandLine line) {
    if (e instanceof WorldException || e instanceof EmbeddedServerException) {
      line.getErr().println("world bench: " + oneLine(String.valueOf(e.getMessage())));
    } else {
      line.getErr().println("world bench: a row could not be measured: " + e);
      e.printStackTrace(line.getErr());
    }
    return NOT_MEASURED;
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ");
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}

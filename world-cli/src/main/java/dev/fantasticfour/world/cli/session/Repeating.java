package dev.fantasticfour.world.cli.session;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of lists that somebody watches. */
public final class Repeating {

  /** To the corner, and everything below it gone. */
  private static final String CLEARED = "\u001b[H\u001b[2J";

  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = "2",
      paramLabel = "SECONDS",
      description = "show the list again and again, every 2 seconds unless told otherwise")
  private @Nullable String every;

  /**
   * Shows something once, or again and again until nobody reads it any more.
   *
   * @param shown prints it and says with what code that would end
   * @return the last code; {@link ExitCode#NOT_ASKED} when nobody reads
   * @throws WorldException {@code INVALID_ARGUMENT} for a list that is to be JSON: a program wants
   *     what is new, which {@code runs tail} and {@code runs watch} have
   */
  public int over(Session session, Output output, IntSupplier shown) throws InterruptedException {
    if (every == null) {
      return shown.getAsInt();
    }
    if (output.json()) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "--watch repeats a list for people and --json is for programs: use one of them, or"
              + " 'world runs tail --json', which prints what is new");
    }
    Duration pause = Span.of("--watch", every);
    while (true) {
      if (session.onTerminal()) {
        session.out().print(CLEARED);
      }
      session.out().println("at " + LocalTime.now().truncatedTo(ChronoUnit.SECONDS));
      int code = shown.getAsInt();
      if (session.out().checkError()) {
        return code == ExitCode.OK ? ExitCode.NOT_ASKED : code;
      }
      Thread.sleep(pause);
    }
  }
}

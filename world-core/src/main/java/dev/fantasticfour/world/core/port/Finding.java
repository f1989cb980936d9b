package dev.fantasticfour.world.core.port;

/**
 * One thing that an adapter has looked at before it uses a server. {@code world doctor} shows all
 * that was found; the opening of an adapter ends at the first that is {@link Level#WRONG}.
 *
 * @param check what was looked at: a word or two
 * @param found what is there; no secret in it
 * @param advice what to do about it, empty when nothing
 */
public record Finding(String check, Level level, String found, String advice) {

  /** How it stands. */
  public enum Level {
    /** As it has to be. */
    GOOD,
    /** It works, and somebody should know. */
    ODD,
    /** It does not work now, and may without anybody changing the set-up. */
    NOT_NOW,
    /** It does not work. */
    WRONG
  }

  /** As it has to be. */
  public static Finding good(String check, String found) {
    return new Finding(check, Level.GOOD, found, "");
  }

  /** Worth knowing. */
  public static Finding odd(String check, String found, String advice) {
    return new Finding(check, Level.ODD, found, advice);
  }

  /** In the way for now. */
  public static Finding notNow(String check, String found, String advice) {
    return new Finding(check, Level.NOT_NOW, found, advice);
  }

  /** In the way until somebody changes something. */
  public static Finding wrong(String check, String found, String advice) {
    return new Finding(check, Level.WRONG, found, advice);
  }
}

package dev.fantasticfour.world.api.config;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes passwords out of connection strings before they are shown. */
public final class Secrets {

  /**
   * Up to the last at sign of the word: what is wrong with an address may well be a slash, a
   * question mark or an at sign in its password, so too much is hidden rather than too little.
   */
  private static final Pattern USER_INFO =
      Pattern.compile("(?<scheme>[a-zA-Z-]*://)?(?<info>\\S*)@");

  private static final Pattern PARAMETER =
      Pattern.compile("(?i)([?&;](?:[a-z]*password|[a-z]*secret|[a-z]*token)=)[^&;\\s]*");

  private Secrets() {}

  /**
   * The text with every password in it replaced; user names stay. Null becomes {@code (not set)}.
   */
  public static String mask(@Nullable String text) {
    if (text == null) {
      return "(not set)";
    }
    String masked = USER_INFO.matcher(text).replaceAll(Secrets::masked);
    return PARAMETER.matcher(masked).replaceAll("$1***");
  }

  private static String masked(MatchResult found) {
    String scheme = found.group("scheme") == null ? "" : found.group("scheme");
    String info = found.group("info");
    int colon = info.indexOf(':');
    // What stands alone is a password to Redis and a user name to everything else.
    boolean isUser = colon < 0 && !scheme.startsWith("redis");
    String shown = isUser ? info : (colon < 0 ? "" : info.substring(0, colon) + ":") + "***";
    return Matcher.quoteReplacement(scheme + shown + "@");
  }
}

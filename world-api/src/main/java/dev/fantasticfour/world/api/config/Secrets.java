package dev.fantasticfour.world.api.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes passwords out of connection strings before they are shown. */
public final class Secrets {

  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]*@");
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
    String masked =
        USER_INFO
            .matcher(text)
            .replaceAll(
                m -> {
                  String info = m.group();
                  int colon = info.indexOf(':');
                  return colon < 0
                      ? java.util.regex.Matcher.quoteReplacement(info)
                      : java.util.regex.Matcher.quoteReplacement(
                          info.substring(0, colon) + ":***@");
                });
    return PARAMETER.matcher(masked).replaceAll("$1***");
  }
}

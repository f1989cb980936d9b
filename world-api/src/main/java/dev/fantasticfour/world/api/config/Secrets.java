package dev.fantasticfour.world.api.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of what is shown. There is no other place that decides what of an address or a
 * token anybody may see: whatever names one in a message, a log line or a report goes through here.
 */
public final class Secrets {

  private static final String MASK = "***";
  private static final int FINGERPRINT_BYTES = 4;

  private static final String OURS =
      "(?:jdbc:postgresql:(?://)?|(?:postgres|postgresql|rediss?(?:-[a-z]+)?)://)";

  /**
   * An address of a server of World's, and the rest of the line, or what is before the next one.
   */
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(" + OURS + ")((?:(?!" + OURS + ")[^\\r\\n])*)");

  /** What addresses of any server begin with that somebody may have put in the wrong place. */
  private static final Pattern SCHEME =
      Pattern.compile(
          "(?i)(?:jdbc:[a-z0-9]+:(?://)?|(?:postgres|postgresql|rediss?(?:-[a-z]+)?|valkeys?|unix"
              + "|mysql|mariadb|sqlserver|oracle|mongodb|amqps?|kafka|https?|file|tcp)://)");

  /** The same of others: up to the last at sign of the word. */
  private static final Pattern USER_INFO =
      Pattern.compile("(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*://)?(?<info>\\S*)@");

  /** A setting by name, unless it is masked already. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(?i)(?<![\\w.-])"
              + "([\\w.-]*(?:password|passwd|pwd|secret|token|passphrase|credential)[\\w.-]*=)"
              + "(?!\\*{3}(?:\\W|$))[^&;\\r\\n]*");

  /**
   * A place without anybody before it: hosts, a database, parameters, and what a text goes on with.
   */
  private static final Pattern PLACE =
      Pattern.compile("(?:[\\w.-]+|\\[[0-9a-fA-F:.%]+])?(?::\\d{1,5})?(?::?\\s.*|[,/?'\");].*)?");

  private Secrets() {}

  /**
   * What stands for a secret where one has to be told from another, such as the token of a hook:
   * the beginning of its SHA-256. {@code printf %s TOKEN | sha256sum} begins with the same digits.
   */
  public static String fingerprint(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return "#" + HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * The text with every password in it replaced; user names stay. Null becomes {@code (not set)}.
   *
   * <p>What is wrong with an address may well be a slash, a space or an at sign in its password. So
   * from the beginning of an address to the last at sign of its line nothing is shown but the user:
   * too much is hidden rather than too little.
   */
  public static String mask(@Nullable String text) {
    if (text == null) {
      return "(not set)";
    }
    String masked = ADDRESS.matcher(text).replaceAll(Secrets::maskedAddress);
    masked = USER_INFO.matcher(masked).replaceAll(Secrets::maskedWord);
    return maskSettings(masked);
  }

  /**
   * What may be shown of a text that was given as an address and is none: the scheme, the user, the
   * place, as far as they look like it. Unlike {@link #mask}, it takes all of the text for an
   * address: of what does not look like one it shows nothing.
   */
  public static String maskAddress(String text) {
    Matcher scheme = SCHEME.matcher(text);
    if (!scheme.lookingAt()) {
      return text.isEmpty() ? "" : MASK;
    }
    String masked = scheme.group() + shown(scheme.group(), text.substring(scheme.end()));
    // An ampersand may be part of the secret: whatever follows it is hidden with it.
    Matcher setting = SETTING.matcher(masked);
    return setting.find() ? masked.substring(0, setting.end(1)) + MASK : masked;
  }

  /** The text with the values of settings replaced that are secrets by their names. */
  static String maskSettings(String text) {
    return SETTING.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(MASK));
  }

  private static String maskedAddress(MatchResult found) {
    return Matcher.quoteReplacement(found.group(1) + shown(found.group(1), found.group(2)));
  }

  /** Of what stands behind a scheme: the user, and the place. */
  private static String shown(String scheme, String rest) {
    int question = rest.indexOf('?');
    boolean isPlace = PLACE.matcher(rest).matches();
    int at = rest.lastIndexOf('@');
    boolean isRedis = scheme.toLowerCase(Locale.ROOT).startsWith("redis");
    // An address of Redis has no parameter that could hold one: there it ends a password.
    boolean isInQuery = !isRedis && question >= 0 && rest.indexOf('@') > question;
    if (isPlace && (at < 0 || isInQuery)) {
      return rest;
    }
    if (at < 0) {
      return MASK;
    }
    String info = rest.substring(0, at);
    int colon = info.indexOf(':');
    boolean isUser = colon < 0 && !isRedis;
    // What stands alone is a password to Redis and a user name to everything else.
    String user = isUser ? info : colon < 0 ? "" : info.substring(0, colon) + ":";
    return user + (isUser ? "" : MASK) + rest.substring(at);
  }

  private static String maskedWord(MatchResult found) {
    String scheme = found.group("scheme") == null ? "" : found.group("scheme");
    String info = found.group("info");
    // A quote or a bracket may stand before the scheme.
    int inner = info.indexOf("://");
    int colon = info.indexOf(':', inner < 0 ? 0 : inner + 3);
    String shown = colon < 0 ? info : info.substring(0, colon) + ":" + MASK;
    return Matcher.quoteReplacement(scheme + shown + "@");
  }
}

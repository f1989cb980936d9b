package dev.fantasticfour.world.api.config;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the scheme of an address: who asks, where, and with which parameters. Still
 * encoded, but for the parts that {@link #decoded} gives.
 *
 * @param user null when none is named
 * @param password null when none is named
 * @param hosts each as it is written, with or without port; empty when none is named
 * @param path what stands between the first slash and the question mark
 * @param query in the order of writing, the values decoded
 */
record AddressText(
    @Nullable String user,
    @Nullable String password,
    List<String> hosts,
    String path,
    Map<String, String> query) {

  private static final int LAST_PORT = 65_535;

  private static final Pattern HOST =
      Pattern.compile("(\\[[^\\[\\]@/?#,\\s]+]|[^\\[\\]@/?#,:\\s]+)?(:[0-9]*)?");

  private static final Pattern PATH = Pattern.compile("[^@/?]*");

  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z][\\w.-]*=[^&]*");

  /** Says what is wrong, as the end of a sentence that begins with the name of a setting. */
  static final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    Unreadable(String must) {
      super(must);
    }
  }

  /** What an address is read as. */
  interface Reading<T> {

    T of(String url) throws Unreadable;
  }

  /**
   * Reads an address, whatever is around it.
   *
   * @param option what to call it in an error: the name of the option, or of the variable
   * @throws WorldException {@code INVALID_CONFIGURATION}, without the password in its message
   */
  static <T> T read(String option, String url, Reading<T> reading) {
    String text = url.strip();
    try {
      return reading.of(text);
    } catch (Unreadable e) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION,
          option + " must " + e.getMessage() + ", is '" + Secrets.maskAddress(text) + "'");
    }
  }

  /**
   * Reads what stands behind {@code ://}.
   *
   * <p>A password may hold any character as it is: what comes before a place is whatever has to be
   * taken away for the rest to be one. So the place is looked for from the left, first without
   * anything before it, then after each at sign.
   *
   * @param wanted what an address has to look like
   */
  static AddressText of(String text, String wanted) throws Unreadable {
    if (isPlace(text)) {
      return of(null, null, text);
    }
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      if (isPlace(text.substring(at + 1))) {
        String[] login = text.substring(0, at).split(":", 2);
        return of(
            decoded(login[0]),
            login.length == 2 ? decoded(login[1]) : null,
            text.substring(at + 1));
      }
    }
    throw new Unreadable(wanted);
  }

  private static boolean isPlace(String text) {
    int question = text.indexOf('?');
    String head = question < 0 ? text : text.substring(0, question);
    int slash = head.indexOf('/');
    return List.of(split(slash < 0 ? head : head.substring(0, slash), ",")).stream()
            .allMatch(host -> HOST.matcher(host).matches())
        && (slash < 0 || PATH.matcher(head.substring(slash + 1)).matches())
        && (question < 0
            || question == text.length() - 1
            || List.of(split(text.substring(question + 1), "&")).stream()
                .allMatch(parameter -> PARAMETER.matcher(parameter).matches()));
  }

  private static AddressText of(@Nullable String user, @Nullable String password, String place)
      throws Unreadable {
    int question = place.indexOf('?');
    String head = question < 0 ? place : place.substring(0, question);
    int slash = head.indexOf('/');
    String authority = slash < 0 ? head : head.substring(0, slash);
    Map<String, String> query = new LinkedHashMap<>();
    if (question >= 0 && question < place.length() - 1) {
      for (String parameter : split(place.substring(question + 1), "&")) {
        int equals = parameter.indexOf('=');
        query.put(parameter.substring(0, equals), decoded(parameter.substring(equals + 1)));
      }
    }
    return new AddressText(
        user,
        password,
        authority.isEmpty() ? List.of() : List.of(split(authority, ",")),
        slash < 0 ? "" : head.substring(slash + 1),
        query);
  }

  /** Hosts as {@code host:port}. */
  List<String> nodes(int defaultPort) throws Unreadable {
    List<String> nodes = new ArrayList<>();
    for (String host : hosts) {
      nodes.add(node(host, defaultPort));
    }
    return nodes;
  }

  static String node(String host, int defaultPort) throws Unreadable {
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon > host.lastIndexOf(']');
    String name = hasPort ? host.substring(0, colon) : host;
    String digits = hasPort ? host.substring(colon + 1) : "";
    int port = digits.isEmpty() ? defaultPort : number(digits);
    if (name.isEmpty() || port < 1 || port > LAST_PORT) {
      throw new Unreadable("name hosts as host:port, with ports from 1 to " + LAST_PORT);
    }
    return name + ":" + port;
  }

  private static int number(String digits) {
    return digits.matches("0*[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
  }

  static String decoded(String text) throws Unreadable {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Unreadable("write a percent sign that is meant as such as %25");
    }
  }

  private static String[] split(String text, String separator) {
    return text.split(separator, -1);
  }
}

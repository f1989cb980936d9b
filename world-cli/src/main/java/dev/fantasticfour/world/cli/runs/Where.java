package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A filter in one text, as {@code --where} takes it: words of a key and a value, {@code
 * status=failed attr.city="New York" since=24h}.
 */
final class Where {

  private static final String ATTRIBUTE = "attr.";
  private static final Set<String> KEYS =
      Set.of(
          "workflow",
          "status",
          "since",
          "until",
          "ended-since",
          "ended-until",
          "key",
          "queue",
          "stalled",
          "parent",
          "tree",
          "chain");
  private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");
  private static final Pattern QUOTE = Pattern.compile("\"([^\"]*)\"|'([^']*)'");
  private static final Pattern PLAIN = Pattern.compile("([a-z-]+)=(.+)", Pattern.DOTALL);

  private Where() {}

  /**
   * The words of a text.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} naming the first that means nothing
   */
  static List<Word> words(String text) {
    if (!WORD.matcher(text).replaceAll("").isBlank()) {
      throw refused(text, "has a quote that does not end");
    }
    List<Word> words = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      words.add(word(word.group()));
    }
    if (words.isEmpty()) {
      throw refused(text, "says nothing");
    }
    return words;
  }

  private static Word word(String typed) {
    String text =
        QUOTE
            .matcher(typed)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(1) == null ? found.group(2) : found.group(1)));
    if (text.startsWith(ATTRIBUTE)) {
      return new Word(ATTRIBUTE, text.substring(ATTRIBUTE.length()));
    }
    Matcher plain = PLAIN.matcher(text);
    if (!plain.matches() || !KEYS.contains(plain.group(1))) {
      throw refused(
          text, "means nothing: it takes status=failed, since=24h, attr.city=Oslo and so on");
    }
    return new Word(plain.group(1), plain.group(2));
  }

  private static WorldException refused(String text, String why) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, "--where: '" + text + "' " + why);
  }

  /**
   * One of them.
   *
   * @param key {@code attr.} of an attribute, whose name and sign are in the value
   */
  record Word(String key, String value) {

    /** What {@code --attribute} would be given. */
    String attribute() {
      return value;
    }

    List<RunStatus> statuses() {
      return Arrays.stream(value.split(",")).map(this::status).toList();
    }

    private RunStatus status(String word) {
      return Arrays.stream(RunStatus.values())
          .filter(status -> status.word().equals(word.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(() -> refused("must be pending, running, completed, failed or cancelled"));
    }

    boolean flag() {
      return switch (value) {
        case "true" -> true;
        case "false" -> false;
        default -> throw refused("must be true or false");
      };
    }

    WorldException refused(String why) {
      return Where.refused(key + "=" + value, why);
    }
  }
}

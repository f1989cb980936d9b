package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.example.agent.Message.From;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Stands where a real model would: it knows a few words, says the same to the same prompt, and
 * takes its time for every word.
 */
final class ScriptedModel implements Model {

  private static final Pattern ORDER = Pattern.compile("\\bo-\\d+\\b");

  private final Duration perWord;

  ScriptedModel(Duration perWord) {
    this.perWord = perWord;
  }

  @Override
  public Reply reply(Prompt prompt, Consumer<String> words) throws InterruptedException {
    Reply reply = reply(prompt);
    for (String word : reply.text().split(" ")) {
      Thread.sleep(perWord);
      words.accept(word);
    }
    return reply;
  }

  private static Reply reply(Prompt prompt) {
    Message last = prompt.messages().getLast();
    if (last.from() == From.TOOL) {
      return new Reply("Here is what I found: " + last.text() + ".", null);
    }
    String text = last.text().toLowerCase(Locale.ROOT);
    Matcher order = ORDER.matcher(text);
    if (text.contains("money back") && order.find()) {
      return new Reply("I will see to it.", new ToolCall("refund", order.group()));
    }
    if (text.contains("where") && order.find()) {
      return new Reply("Let me look.", new ToolCall("track", order.group()));
    }
    if (text.contains("remember")) {
      return new Reply("I do: " + summarised(prompt) + ".", null);
    }
    return new Reply("I can track orders, and pay your money back.", null);
  }

  @Override
  public String summary(Prompt prompt) {
    return summarised(prompt);
  }

  /** The orders that were named, which is all that this model can make use of. */
  private static String summarised(Prompt prompt) {
    Set<String> orders = new LinkedHashSet<>();
    Stream.concat(Stream.of(prompt.summary()), prompt.messages().stream().map(Message::text))
        .forEach(text -> ORDER.matcher(text).results().forEach(found -> orders.add(found.group())));
    return orders.isEmpty() ? "we spoke of nothing" : "we spoke of " + String.join(", ", orders);
  }
}

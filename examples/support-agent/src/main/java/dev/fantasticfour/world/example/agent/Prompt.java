package dev.fantasticfour.world.example.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model is told before it speaks. Immutable, so that every attempt of a step is told the
 * same.
 *
 * @param summary of what was said before the messages, empty when nothing was
 */
record Prompt(String summary, List<Message> messages) {

  Prompt {
    messages = List.copyOf(messages);
  }

  /** The same with one more message. */
  Prompt with(Message.From from, String text) {
    List<Message> more = new ArrayList<>(messages);
    more.add(new Message(from, text));
    return new Prompt(summary, more);
  }

  /** The messages that were added to another prompt until it was this one. */
  List<Message> since(Prompt other) {
    return messages.subList(other.messages().size(), messages.size());
  }
}

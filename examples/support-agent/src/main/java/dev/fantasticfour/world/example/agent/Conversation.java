package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.example.agent.Doing.Activity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the workflow knows of a conversation: plain fields without locks, since the branches of a
 * run take turns. After a crash it is what the log makes of a new one.
 */
final class Conversation {

  private static final int MOST_CHARACTERS = 2_000;

  private final String customer;
  private final List<Message> messages;
  private String summary;
  private int heard;
  private int answered;
  private int turns;
  private boolean answering;
  private boolean over;

  Conversation(Memory memory) {
    this.customer = memory.customer();
    this.summary = memory.summary();
    this.messages = new ArrayList<>(memory.recent());
    this.heard = memory.heard();
    this.answered = memory.answered();
  }

  String customer() {
    return customer;
  }

  /** Takes a message by returning; it changes nothing. */
  void check(String text) {
    if (text.isBlank() || text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException("a message has 1 to " + MOST_CHARACTERS + " characters");
    }
    if (over) {
      throw new IllegalStateException("this conversation is over");
    }
    if (answering) {
      // Two answers at once would not know of each other.
      throw new IllegalStateException("one message at a time: the last one has no answer yet");
    }
  }

  /** A message is listened to. */
  void begin() {
    answering = true;
    heard++;
  }

  /** It was answered, or could not be. */
  void end() {
    answering = false;
  }

  boolean isAnswering() {
    return answering;
  }

  /** A message was answered, and that was said: the message first, the answer last. */
  void add(List<Message> said) {
    messages.addAll(said);
    answered++;
    turns++;
  }

  /** How many messages were answered in this run, not counting the runs before it. */
  int turns() {
    return turns;
  }

  Prompt prompt() {
    return new Prompt(summary, messages);
  }

  /** From now on a summary stands for what there was to be summarised. */
  void shorten(Prompt summarised, String itsSummary) {
    messages.subList(0, summarised.messages().size()).clear();
    summary = itsSummary;
  }

  /** What the next run has to know. */
  Memory memory() {
    return new Memory(customer, summary, messages, heard, answered);
  }

  /** The customer has said goodbye. */
  Farewell leave() {
    over = true;
    return new Farewell(customer, heard);
  }

  Doing doing(Activity activity, @Nullable ToolCall about) {
    return new Doing(activity, about, answered);
  }

  /** What it does when it does nothing. */
  Doing idle() {
    return doing(over ? Activity.GONE : Activity.LISTENING, null);
  }
}

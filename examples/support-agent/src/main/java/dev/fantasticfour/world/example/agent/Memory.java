package dev.fantasticfour.world.example.agent;

import java.util.List;

/**
 * What a run begins with, and all that it knows of the runs before it.
 *
 * @param summary of what was said in the runs before, empty at the beginning
 * @param recent what was said while that was summarised
 * @param heard how many messages were listened to so far
 * @param answered how many of them got an answer
 */
public record Memory(
    String customer, String summary, List<Message> recent, int heard, int answered) {

  public Memory {
    recent = List.copyOf(recent);
  }

  /** Nobody has said anything yet. */
  static Memory empty(String customer) {
    return new Memory(customer, "", List.of(), 0, 0);
  }
}

package dev.fantasticfour.world.example.agent;

/** One line of a conversation. */
public record Message(From from, String text) {

  /** Who speaks. */
  public enum From {
    CUSTOMER,
    AGENT,
    /** What a tool came to; only the model sees it. */
    TOOL
  }
}

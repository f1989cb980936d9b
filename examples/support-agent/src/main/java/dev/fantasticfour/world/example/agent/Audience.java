package dev.fantasticfour.world.example.agent;

/** Who listens to an agent. */
interface Audience {

  /** The agent says a word. */
  void hear(String word);

  /**
   * The model failed in the middle and begins anew.
   *
   * @param words how many of those heard last do not count
   */
  void forget(int words);
}

package dev.fantasticfour.world.example.agent;

/** Something that the agent can do besides speaking. */
interface Tool {

  /** What models call it by. Part of the history of runs: it must not change while they go on. */
  String name();

  /** Whether a person has to say yes to each use. */
  boolean isDangerous();

  /**
   * Does it, once per idempotency key, however often it is asked.
   *
   * @return what the model is told
   * @throws dev.fantasticfour.world.api.error.FatalException when trying again would not help
   */
  String use(String argument, String idempotencyKey) throws Exception;
}

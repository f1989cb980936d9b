package dev.fantasticfour.world.example.agent;

import java.util.function.Consumer;

/**
 * A language model. It remembers nothing: all it has to know is in the prompt. May fail, and be
 * asked again; it need not say the same then, since only what it said last is recorded.
 */
interface Model {

  /**
   * Goes on with a conversation.
   *
   * @param words is given every word as soon as the model has come to it
   */
  Reply reply(Prompt prompt, Consumer<String> words) throws Exception;

  /** Says in short what was spoken about, for a prompt that begins with it. */
  String summary(Prompt prompt) throws Exception;
}

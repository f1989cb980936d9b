package dev.fantasticfour.world.example.agent;

import org.jspecify.annotations.Nullable;

/**
 * What the agent shows of itself, to whoever asks.
 *
 * @param about the tool in question; null when there is none
 * @param answered how many messages it has answered since the conversation began
 */
public record Doing(Activity activity, @Nullable ToolCall about, int answered) {

  /** What it is at. */
  public enum Activity {
    /** It waits for a message. */
    LISTENING,
    /** It asks its model. */
    THINKING,
    /** It waits until somebody says yes or no to a tool. */
    AWAITING_APPROVAL,
    /** It uses a tool. */
    USING_TOOL,
    /** The customer has said goodbye. */
    GONE
  }
}

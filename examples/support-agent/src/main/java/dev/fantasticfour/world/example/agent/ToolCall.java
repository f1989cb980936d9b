package dev.fantasticfour.world.example.agent;

/** What a model wants done before it goes on. */
public record ToolCall(String tool, String argument) {

  @Override
  public String toString() {
    return tool + " " + argument;
  }
}

package dev.fantasticfour.world.example.agent;

import java.io.PrintStream;

/** Prints what it hears, a line for each sentence. */
final class Printed implements Audience {

  private final PrintStream out;

  Printed(PrintStream out) {
    this.out = out;
  }

  @Override
  public void hear(String word) {
    out.print(word + (word.endsWith(".") ? "\n" : " "));
    out.flush();
  }

  @Override
  public void forget(int words) {
    out.println("… no, I begin again:");
  }
}

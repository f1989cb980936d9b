package dev.fantasticfour.world.example.guice;

/** What the workflow needs from outside. */
public interface Greetings {

  /** The greeting for somebody. */
  String of(String name);
}

package dev.fantasticfour.world.core.engine.model;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged from its making to its closing, as the provider of these tests prints it. */
public final class LogLines implements AutoCloseable {

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** From now on. */
  public LogLines() {
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  /** All of them. */
  public List<String> all() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Those in which a text stands. */
  public List<String> with(String text) {
    return all().stream().filter(line -> line.contains(text)).toList();
  }

  @Override
  public void close() {
    System.setErr(before);
    all().forEach(before::println);
  }
}

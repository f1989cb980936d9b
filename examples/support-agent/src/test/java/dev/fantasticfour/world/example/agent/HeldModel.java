package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.api.error.FatalException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The scripted model, which notes what it is told, and stops or fails where a test wants it to. */
final class HeldModel implements Model {

  /** A message that no model has an answer to. */
  static final String UNSPEAKABLE = "unspeakable";

  /** A message that a model wants a tool for, again and again, that there is not. */
  static final String ENDLESS = "endless";

  final List<Prompt> told = new CopyOnWriteArrayList<>();
  private final Model script = new ScriptedModel(Duration.ZERO);
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private volatile String heldAfter = "";
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  /** Once, the connection breaks when it has said that. */
  void failAfter(String word) {
    failing.add(word);
  }

  /** It says no more after that word until it is released. */
  void holdAfter(String word) {
    heldAfter = word;
  }

  /** Waits until it has come to that. */
  void awaitHeld() throws InterruptedException {
    held.await();
  }

  void release() {
    heldAfter = "";
    released.countDown();
  }

  @Override
  public Reply reply(Prompt prompt, Consumer<String> words) throws Exception {
    told.add(prompt);
    String last = prompt.messages().getLast().text();
    if (last.equals(UNSPEAKABLE)) {
      throw new FatalException("the model is at a loss");
    }
    if (last.equals(ENDLESS) || last.startsWith("there is no tool")) {
      return new Reply("", new ToolCall("magic", "wand"));
    }
    StringBuilder broken = new StringBuilder();
    Reply reply = script.reply(prompt, word -> come(word, words, broken));
    if (!broken.isEmpty()) {
      throw new IOException("the connection broke after " + broken);
    }
    return reply;
  }

  private void come(String word, Consumer<String> words, StringBuilder broken) {
    if (!broken.isEmpty()) {
      return;
    }
    words.accept(word);
    if (word.equals(heldAfter)) {
      hold();
    }
    if (failing.remove(word)) {
      broken.append(word);
    }
  }

  private void hold() {
    held.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("is not wanted any more", e);
    }
  }

  @Override
  public String summary(Prompt prompt) throws Exception {
    if (heldAfter.equals("summary")) {
      hold();
    }
    return script.summary(prompt);
  }
}

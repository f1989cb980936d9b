package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.api.WorldClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What one who listens to a conversation has heard of it at its end. */
final class Heard implements Audience {

  private final List<String> words = new ArrayList<>();
  private int forgotten;

  /** Listens from now on, to the end. */
  static CompletableFuture<Heard> from(WorldClient client, String run) {
    CompletableFuture<Heard> all = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            Heard heard = new Heard();
            new Listening(client).follow(run, heard);
            all.complete(heard);
          } catch (Throwable e) {
            all.completeExceptionally(e);
          }
        });
    return all;
  }

  @Override
  public void hear(String word) {
    words.add(word);
  }

  @Override
  public void forget(int last) {
    forgotten += last;
    words.subList(words.size() - last, words.size()).clear();
  }

  String text() {
    return String.join(" ", words);
  }

  /** How many words it heard that do not count. */
  int forgotten() {
    return forgotten;
  }
}

package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.StreamReader.Item;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Duration;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Follows the words of a conversation live, to its end. Every run has a stream of its own, so where
 * a conversation goes on in another run, so does this.
 */
final class Listening {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WorldClient client;

  Listening(WorldClient client) {
    this.client = client;
  }

  /**
   * Tells every word that is said in that run and those that go on in its place. Returns when the
   * conversation has ended.
   */
  void follow(String run, Audience audience) throws InterruptedException {
    Optional<String> next = Optional.of(run);
    while (next.isPresent()) {
      hear(next.get(), audience);
      next = next(next.get());
    }
  }

  private Optional<String> next(String run) {
    return client.run(AgentWorkflow.TYPE, run).view() instanceof RunView.Continued continued
        ? Optional.of(continued.next()).map(RunId::value)
        : Optional.empty();
  }

  private void hear(String run, Audience audience) throws InterruptedException {
    NavigableSet<Long> heard = new TreeSet<>();
    try (StreamReader<String> reader =
        client.run(AgentWorkflow.TYPE, run).stream(AgentWorkflow.WORDS, 0)) {
      boolean ended = false;
      while (!ended) {
        Optional<Item<String>> item = reader.next(PATIENCE);
        ended = item.isPresent() && isLast(item.get(), heard, audience);
      }
    }
  }

  private static boolean isLast(Item<String> item, NavigableSet<Long> heard, Audience audience) {
    switch (item) {
      case Item.Chunk<String>(long index, String word) -> {
        heard.add(index);
        audience.hear(word);
      }
      case Item.Restarted<String> again -> {
        NavigableSet<Long> lost = heard.tailSet(again.from(), true);
        audience.forget(lost.size());
        lost.clear();
      }
      case Item.Truncated<String> gap -> audience.hear("[…]");
      case Item.End<String> end -> {
        return true;
      }
    }
    return false;
  }
}

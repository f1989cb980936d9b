package dev.fantasticfour.world.cli.demo;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.StreamReader.Item;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.util.Optional;

/** Shows the live stream of one run, from its first chunk to its end. */
final class StreamShow implements Runnable {

  private static final Duration TURN = Duration.ofSeconds(1);

  private final Run<DemoReceipt> run;
  private final int number;
  private final Screen screen;

  StreamShow(Run<DemoReceipt> run, int number, Screen screen) {
    this.run = run;
    this.number = number;
    this.screen = screen;
  }

  @Override
  public void run() {
    try (StreamReader<String> reader = run.stream(DemoWorkflow.PROGRESS, 0)) {
      boolean open = true;
      while (open && !Thread.currentThread().isInterrupted()) {
        Optional<Item<String>> item = reader.next(TURN);
        if (item.isPresent()) {
          open = show(item.get());
        }
      }
    } catch (InterruptedException e) {
      // The demo is over.
    } catch (WorldException e) {
      screen.event("stream of order " + number + " cannot be read: " + e.getMessage());
    }
  }

  /** Returns whether more may come. */
  private boolean show(Item<String> item) {
    return switch (item) {
      case Item.Chunk<String>(long index, String text) -> {
        screen.event("stream of order " + number + ", chunk " + index + ": " + text);
        yield true;
      }
      case Item.Restarted<String> again -> {
        screen.event("stream of order " + number + ": packing starts over");
        yield true;
      }
      case Item.Truncated<String> gap -> {
        screen.event("stream of order " + number + ": chunks are missing");
        yield true;
      }
      case Item.End<String> end -> {
        screen.event("stream of order " + number + " has ended");
        yield false;
      }
    };
  }
}

package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.ArchiveSink;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An archive of a test, which may be full. */
public final class ShelfArchive implements ArchiveSink {

  private static final Map<String, ShelfArchive> SHELVES = new ConcurrentHashMap<>();

  private final Map<RunId, String> kept = new ConcurrentHashMap<>();
  private final String address;
  volatile boolean isFull;

  private ShelfArchive(String address) {
    this.address = address;
  }

  static ShelfArchive fresh() {
    ShelfArchive shelf = new ShelfArchive("shelf:" + SHELVES.size());
    SHELVES.put(shelf.address, shelf);
    return shelf;
  }

  String address() {
    return address;
  }

  Collection<String> kept() {
    return kept.values();
  }

  @Override
  public void keep(RunId run, Writing history) throws IOException {
    if (isFull) {
      throw new IOException("the shelf is full");
    }
    StringBuilder lines = new StringBuilder();
    history.to(lines);
    kept.put(run, lines.toString());
  }

  /** Finds it by its address. */
  public static final class Provider implements ArchiveSink.Provider {

    @Override
    public String scheme() {
      return "shelf";
    }

    @Override
    public ArchiveSink open(String address) {
      return SHELVES.get(address);
    }
  }
}

package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.StreamArchive.Kept;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hands in what this process has written, of all streams in one call. One thread at a time. */
final class HandIn {

  private final Map<StreamId, LocalStream> streams;
  private final ArchivePump pump;
  private final Bell changed;

  /**
   * @param streams those that this process writes to; idle ones are taken out
   * @param changed rung when something has happened to a stream
   */
  HandIn(Map<StreamId, LocalStream> streams, ArchivePump pump, Bell changed) {
    this.streams = streams;
    this.pump = pump;
    this.changed = changed;
  }

  /**
   * One call for everything there is.
   *
   * @param leaving whether streams are left although somebody holds them
   * @return whether there is more already
   */
  boolean all(boolean leaving) throws InterruptedException {
    List<LocalStream> from = new ArrayList<>();
    List<Section> sections = new ArrayList<>();
    for (LocalStream local : streams.values()) {
      Section section = local.handIn(leaving);
      if (section != null) {
        from.add(local);
        sections.add(section);
      }
    }
    boolean again = false;
    try {
      List<Kept> answers = sections.isEmpty() ? List.of() : pump.keep(sections);
      for (int i = 0; i < answers.size(); i++) {
        again |= answered(from.get(i), sections.get(i), answers.get(i));
      }
    } finally {
      for (int i = 0; i < sections.size(); i++) {
        if (sections.get(i).then() instanceof Then.Leave) {
          from.get(i).moved();
        }
      }
      changed.ring();
    }
    for (StreamId stream : List.copyOf(streams.keySet())) {
      streams.computeIfPresent(stream, (id, local) -> local.isIdle() ? null : local);
    }
    return again;
  }

  private static boolean answered(LocalStream local, Section section, Kept kept) {
    switch (kept) {
      case Kept.Taken taken -> {
        local.kept(section);
        if (section.then() instanceof Then.Leave) {
          int unused = local.left(0);
          return false;
        }
        if (taken.isLost()) {
          local.lose(section.life());
        }
        return taken.isLost() || local.isMuch();
      }
      case Kept.Ended ended -> {
        local.end();
        StreamMoves.forgotten(local, local.left(0));
      }
      case Kept.Over over -> {
        local.lose(section.life());
        StreamMoves.forgotten(local, local.left(0));
      }
      case Kept.Opened opened -> throw new IllegalStateException("nobody asked for a life");
      case Kept.Entered entered -> throw new IllegalStateException("nobody asked for a life");
      case Kept.NotYet waiting -> throw new IllegalStateException("nobody asked for a life");
      case Kept.Missing missing -> throw new IllegalStateException("nobody ended it");
    }
    return false;
  }
}

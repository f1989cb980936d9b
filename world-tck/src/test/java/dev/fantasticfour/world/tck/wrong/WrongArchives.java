package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.core.port.LiveStreams.Life;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.StreamArchive;
import dev.fantasticfour.world.core.port.StreamArchive.Kept;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.List;

/** The ways to keep streams wrongly. */
final class WrongArchives {

  private WrongArchives() {}

  /** What writers do not know is nothing. */
  static Storage forgettingDoubts(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<Kept> archive(List<Section> sections) {
        return inner.archive(
            sections.stream()
                .map(s -> new Section(s.worker(), s.stream(), s.life(), s.chunks(), s.then()))
                .toList());
      }
    };
  }

  /** One index stands for all that a dead writer may have had. */
  static Storage givingIndicesTwice(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<Kept> archive(List<Section> sections) {
        return inner.archive(sections).stream().map(WrongArchives::sooner).toList();
      }
    };
  }

  private static Kept sooner(Kept kept) {
    return switch (kept) {
      case Kept.Opened(Life(long number, long base, var steps))
          when base > StreamArchive.MOST_UNKEPT ->
          new Kept.Opened(new Life(number, base - StreamArchive.MOST_UNKEPT + 1, steps));
      case Kept other -> other;
    };
  }
}

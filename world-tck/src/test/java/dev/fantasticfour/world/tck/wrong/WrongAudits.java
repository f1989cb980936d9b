package dev.fantasticfour.world.tck.wrong;

import static dev.fantasticfour.world.tck.wrong.WrongStorages.wrong;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways to forget who did what. */
public final class WrongAudits {

  private WrongAudits() {}

  /** All of them. */
  public static List<WrongCase> all() {
    return List.of(
        wrong(
            "what was intended is written when it is done",
            "AUD-1",
            "AUD-2",
            WrongAudits::writingAfterwards),
        wrong("who did it does not matter", "AUD-2", "", WrongAudits::findingEverybody));
  }

  private static Storage writingAfterwards(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public boolean audit(Deed deed, Outcome outcome, @Nullable String detail) {
        return outcome == Outcome.INTENDED || super.audit(deed, outcome, detail);
      }
    };
  }

  private static Storage findingEverybody(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Page<Entry> audits(Which which, PageRequest page) {
        return super.audits(
            new Which(null, which.action(), which.target(), which.outcome(), which.since()), page);
      }
    };
  }
}

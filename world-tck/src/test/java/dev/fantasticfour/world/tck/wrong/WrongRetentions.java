package dev.fantasticfour.world.tck.wrong;

import static dev.fantasticfour.world.tck.wrong.WrongStorages.wrong;

import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways to keep runs for the wrong time. */
public final class WrongRetentions {

  private WrongRetentions() {}

  /** All of them. */
  public static List<WrongCase> all() {
    return List.of(
        wrong(
            "streams of a run that is gone are left behind",
            "PRU-1",
            "",
            WrongRetentions::leavingStreams),
        wrong(
            "what an operator keeps goes with the others",
            "PRU-3",
            "",
            WrongRetentions::forgettingWhatIsKept),
        wrong("a run key goes with its run", "PRU-5", "", WrongRetentions::forgettingKeys),
        wrong("a run is said to be erased", "PRU-8", "", WrongRetentions::erasingNothing));
  }

  private static Storage leavingStreams(Storage inner, Map<RunId, List<String>> known) {
    return new ForwardingStorage(inner) {
      @Override
      public List<String> archivedStreams(RunId run) {
        List<String> now = new ArrayList<>(super.archivedStreams(run));
        return now.isEmpty() ? known.getOrDefault(run, now) : now;
      }

      @Override
      public List<Kept> archive(List<Section> sections) {
        sections.forEach(
            section -> known.put(section.stream().run(), List.of(section.stream().name())));
        return super.archive(sections);
      }
    };
  }

  private static Storage forgettingWhatIsKept(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public boolean keep(RunId run, boolean kept) {
        return super.keep(run, false);
      }
    };
  }

  private static Storage forgettingKeys(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public void retain(String workflow, @Nullable RetentionRule rule) {
        super.retain(
            workflow,
            rule == null
                ? null
                : new RetentionRule(rule.completed(), rule.failed(), rule.cancelled(), null));
      }
    };
  }

  private static Storage erasingNothing(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Erasing erase(RunId run) {
        return run(run)
            .map(there -> there.status().isFinal() ? Erasing.ERASED : Erasing.NOT_OVER)
            .orElse(Erasing.UNKNOWN);
      }
    };
  }
}

package dev.fantasticfour.world.tck.wrong;

import static dev.fantasticfour.world.tck.wrong.WrongStorages.wrong;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Family;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The ways to have a run go on wrongly in another one. */
public final class WrongChains {

  private WrongChains() {}

  /** All of them. */
  public static List<WrongCase> all() {
    return List.of(
        wrong(
            "a successor comes to be after the end before it",
            "CON-1",
            "CON-2 CON-5 CON-7 PRU-3 oracle CON-6 CON-4 CON-3 CU-15",
            WrongChains::comingLater),
        wrong("a chain lists no run", "CON-7", "", WrongChains::listingNoLink),
        wrong(
            "a chain lists only what goes on in place of its first run",
            "CON-7",
            "",
            WrongChains::leavingOutTheFirst),
        wrong(
            "a chain is found by its first run alone",
            "CON-7",
            "",
            WrongChains::knowingChainsByTheFirst),
        wrong("attributes stay behind", "CON-2", "oracle", WrongChains::leavingAttributesBehind),
        wrong(
            "any build may have the successor of a pinned run",
            "CON-2",
            "",
            WrongChains::forgettingThePin),
        wrong(
            "a carried hook is deaf until it is taken up",
            "CON-3",
            "CON-4 2.6 L8",
            WrongChains::silencingCarriedHooks),
        wrong(
            "a run has its own carried token against itself",
            "CON-3",
            "oracle L1",
            WrongChains::refusingItsOwnToken),
        wrong(
            "what the code was not told of stays behind",
            "CON-4",
            "CON-2 CHI-3 2.3 CON-1",
            WrongChains::forgettingTheUnseen),
        wrong(
            "a hand-over is refused as an end is",
            "CON-4",
            "CON-2 CON-1 CHI-3 2.3 L8",
            WrongChains::refusingOverTheUnseen),
        wrong("a hand-over ends the children", "CON-5", "", WrongChains::closingAtTheHandOver),
        wrong(
            "a child that hands over has ended",
            "CON-5",
            "",
            WrongChains::takingAHandOverForTheEnd),
        wrong(
            "what is owed to a run stays where it was",
            "CON-5",
            "",
            WrongChains::losingWhatIsOwedToTheOneBefore));
  }

  private static boolean handsOver(Batch batch) {
    return batch.drafts().getLast().fact() instanceof RunFact.Continued;
  }

  /** The successor comes to be when somebody looks for work. */
  static Storage comingLater(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<RunRecord> run(RunId run) {
        return inner.run(run).filter(found -> found.predecessor() == null || found.epoch() > 0);
      }
    };
  }

  /** Of a chain the first link is left out. */
  static Storage leavingOutTheFirst(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
        Page<RunRecord> read = inner.runs(filter, page);
        return filter.family() instanceof Family.ChainOf
            ? new Page<>(
                read.items().stream().filter(run -> run.predecessor() != null).toList(),
                read.cursor(),
                read.hasMore())
            : read;
      }
    };
  }

  /** A chain is found by its first link alone. */
  static Storage knowingChainsByTheFirst(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
        boolean byAnother =
            filter.family() instanceof Family.ChainOf of
                && inner.run(of.run()).filter(run -> run.predecessor() != null).isPresent();
        return byAnother ? new Page<>(List.of(), null, false) : inner.runs(filter, page);
      }
    };
  }

  /** Of a chain nothing is listed. */
  static Storage listingNoLink(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
        Page<RunRecord> read = inner.runs(filter, page);
        return filter.family() instanceof Family.ChainOf
            ? new Page<>(List.of(), read.cursor(), false)
            : read;
      }
    };
  }

  /** The attributes of a run are its own. */
  static Storage leavingAttributesBehind(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<RunRecord> run(RunId run) {
        return inner
            .run(run)
            .map(
                found -> found.predecessor() == null ? found : Altered.attributes(found, Map.of()));
      }
    };
  }

  private interface WrongHandOver {
    RunFact.Continued of(RunFact.Continued continued, Birth birth);
  }

  private static Storage handingOver(Storage inner, WrongHandOver wrong) {
    return WrongBatches.withFacts(
        inner,
        fact ->
            fact instanceof RunFact.Continued continued && continued.birth() != null
                ? wrong.of(continued, continued.birth())
                : fact);
  }

  /** Whatever a run is pinned to, any build may have its successor. */
  static Storage forgettingThePin(Storage inner) {
    return handingOver(
        inner,
        (continued, birth) ->
            new RunFact.Continued(
                continued.nextRun(), continued.carried(), new Birth(birth.creation(), true)));
  }

  /** A carried hook hears nothing before the successor takes it up. */
  static Storage silencingCarriedHooks(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        return batches.stream()
            .map(
                batch ->
                    batch.target() instanceof Target.OfHook hook
                            && hookByToken(hook.token()).isEmpty()
                        ? new AppendResult.NotFound(AppendResult.NotFound.Kind.HOOK, hook.token())
                        : inner.append(List.of(batch)).getFirst())
            .toList();
      }

      @Override
      public Optional<HookRecord> hookByToken(String token) {
        return inner
            .hookByToken(token)
            .filter(
                hook ->
                    inner.history(hook.run(), 0, 10_000).stream()
                        .noneMatch(
                            event ->
                                event.type() == EventType.HOOK_CARRIED
                                    && hook.id().equals(event.correlationId())));
      }
    };
  }

  /** Whoever asks for a token that came over has it against himself. */
  static Storage refusingItsOwnToken(Storage inner) {
    return new RewrittenEvents(
        inner,
        event ->
            event.fact() instanceof Fact.HookCreated created
                    && isCarried(inner, event.run(), created.token())
                ? RewrittenEvents.with(
                    event,
                    event.id(),
                    event.createdAt(),
                    new Fact.HookConflict(created.site(), created.token(), event.run().value()))
                : event);
  }

  private static boolean isCarried(Storage inner, RunId run, String token) {
    return inner.history(run, 0, 10_000).stream()
        .anyMatch(
            event ->
                event.fact() instanceof HookFact.Carried carried && carried.token().equals(token));
  }

  /** Whoever hands over has seen everything. */
  static Storage forgettingTheUnseen(Storage inner) {
    return new WrongBatches(
        inner,
        batch ->
            handsOver(batch)
                    && batch.authority() instanceof Authority.Owner owner
                    && batch.target() instanceof Target.OfRun target
                ? new Batch(
                    batch.id(),
                    batch.target(),
                    new Authority.Owner(
                        owner.worker(),
                        owner.epoch(),
                        inner.run(target.run()).map(RunRecord::lastPosition).orElse(0L),
                        owner.due()),
                    batch.claim(),
                    batch.drafts())
                : batch);
  }

  /** Whoever hands over over something that was not seen is refused as whoever ends. */
  static Storage refusingOverTheUnseen(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        return batches.stream().map(this::append).toList();
      }

      private AppendResult append(Batch batch) {
        if (handsOver(batch)
            && batch.authority() instanceof Authority.Owner owner
            && batch.target() instanceof Target.OfRun target) {
          List<Event> log = inner.history(target.run(), 0, 10_000);
          boolean isRepeated = log.stream().anyMatch(event -> event.batchId().equals(batch.id()));
          List<Event> unseen =
              log.stream()
                  .filter(event -> !event.byOwner() && event.position() > owner.seen())
                  .toList();
          if (!isRepeated && !unseen.isEmpty()) {
            return new AppendResult.Stale(unseen);
          }
        }
        return inner.append(List.of(batch)).getFirst();
      }
    };
  }

  /** Who hands over has ended, and its children hear of it. */
  static Storage closingAtTheHandOver(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        List<AppendResult> results = inner.append(batches);
        for (int i = 0; i < batches.size(); i++) {
          if (handsOver(batches.get(i)) && results.get(i) instanceof AppendResult.Appended over) {
            close(over.events().getLast());
          }
        }
        return results;
      }

      private void close(Event end) {
        for (ChildRecord child : inner.children(end.run(), PageRequest.oldestFirst()).items()) {
          if (child.status() == ChildStatus.OPEN && child.closePolicy() == ClosePolicy.TERMINATE) {
            inner.append(
                List.of(
                    new Batch(
                        Batch.PREFIX + UUID.randomUUID(),
                        new Target.OfRun(child.childRun()),
                        Authority.ANYONE,
                        null,
                        List.of(
                            new Draft(null, end.occurredAt(), new Fact.RunTerminated("parent"))))));
          }
        }
      }
    };
  }

  /** A child that goes on in another run has ended, and its parent is to hear of it. */
  static Storage takingAHandOverForTheEnd(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Set<RunId> owed(RunId source, int limit) {
        Set<RunId> owed = inner.owed(source, limit);
        return inner
            .run(source)
            .filter(run -> run.continuedTo() != null)
            .map(RunRecord::parent)
            .map(parent -> Set.of(new RunId(parent.run())))
            .orElse(owed);
      }
    };
  }

  /** What is owed to a run that has handed over is owed to nobody. */
  static Storage losingWhatIsOwedToTheOneBefore(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<Relayed> relay(Set<RunId> targets, int limit) {
        return inner.relay(
            targets.stream()
                .filter(run -> inner.run(run).map(RunRecord::continuedTo).isEmpty())
                .collect(Collectors.toSet()),
            limit);
      }
    };
  }
}

package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStore;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.MovableClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** The wrong storages, each a small change of the right one. */
public final class WrongStorages {

  /**
   * The kit is tried here, and a wrong world shows itself in few: see the races of the right ones.
   */
  private static final int ROUNDS = 12;

  private WrongStorages() {}

  /** All of them. */
  public static List<WrongCase> all() {
    return List.of(
        // What the log takes.
        wrong(
            "a run that has ended ends again when it is cancelled",
            "L8",
            "2.3 2.9 RACE-1 oracle",
            (Storage inner, Map<RunId, List<Event>> extra) ->
                new ExtraEvents(inner, EventType.RUN_CANCELLED, extra)),
        wrong(
            "a hook receives when it is disposed",
            "2.3",
            "L8 2.9 L1 L3 LIN-1 oracle",
            (Storage inner, Map<RunId, List<Event>> extra) ->
                new ExtraEvents(inner, EventType.HOOK_RECEIVED, extra)),
        wrong(
            "a batch that is repeated is a new one",
            "2.6",
            "L1 LIN-1 oracle KEY-1 KEY-2 REL-4 UPD-7 UPD-8 CHI-1 CON-1",
            WrongBeliefs::forgettingBatches),
        wrong(
            "every draft has a transaction of its own",
            "L1",
            "2.6 L8 L3 LIN-1 oracle KEY-1 KEY-2 CHI-1",
            WrongAppends::draftByDraft),
        wrong(
            "the token is looked up before the batch id",
            "2.6",
            "L8 oracle",
            WrongAppends::tokenFirst),
        wrong(
            "a batch is looked for in the run only that it is addressed to",
            "2.6",
            "",
            WrongBeliefs::rememberingBatchesByRun),
        wrong(
            "a token is looked up, and taken a moment later",
            "2.3",
            "2.6 ID-3 L1 L4 L8 oracle CON-3 CON-4 CP-5",
            (Storage inner, Map<String, RunId> holders) -> new CheckThenInsert(inner, holders)),
        wrong(
            "tokens lose the spaces at their end",
            "ID-2",
            "oracle",
            WrongEvents::withTrimmedTokens),
        wrong(
            "a name is as long as an index takes it", "ID-5", "ID-3", WrongEvents::withShortNames),
        wrong(
            "a run key is free when its run has ended",
            "L8",
            "oracle KEY-1 KEY-2",
            WrongAppends::freeingRunKeys),
        // Who may write.
        wrong(
            "whoever says that it is the owner is believed",
            "L3",
            "oracle END-1",
            WrongBeliefs::unfenced),
        wrong(
            "the owner of any epoch is believed",
            "L3",
            "oracle END-1",
            WrongBeliefs::withoutEpochs),
        wrong(
            "an owner overlooks what others wrote",
            "L3",
            "L9 oracle END-1 UPD-7 CON-4 CHI-3 CON-1",
            WrongBeliefs::neverStale),
        wrong(
            "a stale owner is not told what it missed",
            "L3",
            "L8 oracle END-1",
            WrongAppends::withoutWhatIsMissing),
        wrong("runs of living workers are taken", "L3", "L9 CU-4 oracle", WrongCustody::stealing),
        wrong("a foreigner is taken for anybody", "FOR-1", "2.3", WrongBeliefs::withoutForeigners),
        wrong(
            "a former owner gives the run of its successor away",
            "L3",
            "oracle",
            WrongCustody::releasingAnyEpoch),
        // Signals and states.
        wrong(
            "an end over signals is refused as any other",
            "END-1",
            "oracle",
            WrongSignals::neverOverSignals),
        wrong(
            "who ends over signals ends over everything",
            "END-1",
            "oracle",
            WrongSignals::overEverything),
        wrong(
            "what was sent is said to have entered again",
            "REL-1",
            "REL-3 REL-2 oracle CHI-3",
            WrongRelays::relayingAgain),
        wrong(
            "nobody is told what is owed",
            "REL-1",
            "oracle CHI-3 CHI-4 CHI-5 CON-5",
            WrongRelays::owingNothing),
        wrong(
            "what was sent to a run that has ended waits for ever",
            "REL-2",
            "CHI-3 CON-5",
            WrongRelays::keepingWhatNobodyTakes),
        wrong(
            "a run may sleep, and be settled, while it owes",
            "REL-3",
            "CHI-3 CHI-4",
            (Storage inner, Map<RunId, Due> said) -> WrongRelays.sleepingOverDebts(inner, said)),
        wrong(
            "whoever claims to speak for another run is believed",
            "REL-4",
            "",
            WrongRelays::believingInRelays),
        wrong(
            "whoever knows what waits moves it by an append",
            "REL-4",
            "",
            WrongRelays::movingByAppend),
        wrong(
            "what a run shows is gone with its end",
            "SHO-1",
            "oracle",
            WrongSignals::showingNothingAfterTheEnd),
        wrong(
            "the last word on a change counts",
            "SHO-2",
            "oracle",
            WrongSignals::believingTheLastWord),
        wrong(
            "an update is gone with the end of its run",
            "UPD-1",
            "UPD-7 oracle",
            WrongSignals::forgettingUpdatesWithTheEnd),
        wrong(
            "an update may be asked for again", "UPD-8", "2.3", WrongSignals::takingRequestsTwice),
        wrong(
            "a batch for a run key always begins a run",
            "KEY-1",
            "oracle 2.1 KEY-2",
            WrongSignals::creatingAgain),
        wrong(
            "a batch for a run key is looked for where the key is",
            "KEY-2",
            "CON-1",
            WrongSignals::lookingWhereTheKeyIs),
        // Order.
        wrong(
            "ids are made before the commit",
            "ORD-3",
            "ID-1 PAG-1 oracle REL-1",
            WrongEvents::mintedBeforeTheCommit),
        wrong(
            "the log stands in the order of ids that were made before the commit",
            "ORD-1",
            "ORD-4 L1 L3 1.2 2.3 2.9 LIN-1 CU-8 oracle END-1 CON-4 CON-5 CHI-3 CP-1 CP-2 CP-3 CP-4"
                + " CP-5 CP-6",
            WrongReads::withLogInOrderOfIds),
        wrong(
            "times are as coarse as a bad clock",
            "ORD-5",
            "ORD-6 1.2 L1 L7 2.3 E-4 RACE-1 CU-14 oracle REL-1 SHO-1 UPD-1 CHI-1 CHI-3 CP-1 CP-2"
                + " CP-3 CP-4 CP-5 CP-6",
            WrongEvents::withCoarseTimes),
        wrong(
            "an instance remembers what it has read",
            "ORD-6",
            "oracle LIN-1 CON-5",
            WrongViews.cached()),
        // Streams.
        wrong(
            "what writers of a stream do not know is nothing",
            "ARC-10",
            "",
            WrongArchives::forgettingDoubts),
        wrong(
            "one index stands for all that a dead writer of a stream may have had",
            "ARC-10",
            "",
            WrongArchives::givingIndicesTwice),
        // What is kept.
        wrong(
            "events come without what they carry",
            "1.2",
            "L1 2.3 2.5 CU-10 oracle END-1 CON-3",
            WrongEvents::stripped),
        wrong("JSON comes back in another form", "1.2", "oracle", WrongBeliefs::reformattingJson),
        wrong(
            "JSON loses what a database cannot look into",
            "1.2",
            "oracle END-1",
            WrongEvents::withoutNul),
        wrong("empty is nothing", "1.2", "oracle END-1", WrongEvents::withoutEmptyPayloads),
        wrong(
            "times are counted by an old calendar", "E-5", "oracle", WrongEvents::byAnOldCalendar),
        wrong("times are those of another time zone", "E-5", "", WrongEvents::inAnotherTimeZone),
        wrong("a retry may begin at once", "2.3", "L1 L5 oracle", WrongEvents::withoutRetryTimes),
        wrong(
            "a late start begins when it is written",
            "E-10",
            "L1 oracle",
            WrongEvents::withoutStarts),
        // Views.
        wrong(
            "a step is written in a transaction after its event",
            "L1",
            "ID-1 1.2 LIN-1 E-11 oracle",
            WrongViews::withStepsBehindTheirLog),
        wrong("waits outlive their run", "L8", "oracle", WrongViews::withWaitsThatOutliveTheirRun),
        wrong(
            "updates outlive a run that others end",
            "UPD-7",
            "",
            WrongViews::withUpdatesThatOutliveTheirRun),
        wrong(
            "tokens outlive their hooks",
            "2.3",
            "L1 3.3 8.11 LIN-1 oracle",
            (Storage inner, Map<String, HookRecord> cache) ->
                WrongReads.withStaleTokens(inner, cache)),
        wrong(
            "a step is found in whatever run",
            "ID-1",
            "2.3 oracle",
            (Storage inner, Map<String, RunId> holders) ->
                WrongViews.withStepsOfTheWholeStore(inner, holders)),
        wrong(
            "anybody says which attempt a step is at",
            "E-3",
            "E-2 E-11 LIN-1 oracle",
            WrongViews::withAttemptsAsTheyAreNamed),
        wrong(
            "a second start moves the time of the first",
            "RACE-1",
            "oracle",
            (Storage inner, Map<RunId, Instant> starts) ->
                WrongViews.withBlindStarts(inner, starts)),
        // Pages.
        wrong(
            "there is no cursor at the end",
            "PAG-3",
            "PAG-1 PAG-6 oracle",
            WrongReads::withoutTailCursor),
        wrong(
            "what shares its time with the end of a page is skipped",
            "PAG-1",
            "PAG-3 PAG-6 L1 oracle",
            (Storage inner, Map<String, Instant> ticks) -> WrongPages.skippingTies(inner, ticks)),
        wrong("a page has no limit", "PAG-2", "PAG-6 oracle", WrongPages::withoutLimit),
        wrong(
            "pages are counted from the start",
            "PAG-1",
            "PAG-6 oracle",
            (Storage inner, Map<String, Integer> offsets) -> WrongPages.byOffset(inner, offsets)),
        // Lists.
        wrong("ten is less than nine", "LST-1", "LST-4", WrongLists::comparingNumbersAsTexts),
        wrong("a list reads all runs there are", "LST-2", "", WrongLists::readingEverything),
        wrong(
            "what has ended is listed as it began",
            "LST-3",
            "PAG-1 PAG-2",
            WrongLists::listingByCreation),
        wrong("a page is counted", "LST-4", "PAG-1", WrongLists::countingAPage),
        // Who looks after a run.
        wrong(
            "an owner oversleeps what came meanwhile", "L9", "oracle", WrongBeliefs::oversleeping),
        wrong("a payload wakes nobody", "L4", "oracle", WrongCustody::sleepingThroughPayloads),
        wrong("lost owners are not missed", "L5", "CU-7 CU-9", WrongCustody::watchingOverNobody),
        wrong("lost attempts are not counted", "E-11", "oracle", WrongViews::withoutLosses),
        wrong(
            "whoever began an attempt holds it for ever",
            "HB-1",
            "HB-2",
            WrongHeartbeats::believing),
        wrong("a new attempt begins where the step began", "HB-2", "", WrongHeartbeats::forgetting),
        wrong("progress is a part of the step", "HB-2", "L1 oracle", WrongHeartbeats::touching),
        wrong(
            "a run is taken for any application",
            "CU-3",
            "oracle",
            WrongCustody::claimingOfAnyQueue),
        wrong(
            "a worker lives until it is declared dead, for people too",
            "CU-5",
            "",
            WrongCustody::believingInLife),
        wrong(
            "a run is shown to who cannot read it", "CU-7", "", WrongCustody::showingEveryProtocol),
        wrong(
            "a run is taken by who cannot read it",
            "CU-7",
            "",
            WrongCustody::claimingEveryProtocol),
        wrong("half of a log comes with a run", "CU-8", "", WrongCustody::bringingHalfALog),
        wrong(
            "a settled run keeps its last owner",
            "CU-6",
            "oracle END-1",
            WrongCustody::ownedForEver),
        wrong(
            "lost owners are not counted", "L9", "CU-4 oracle", WrongCustody::withoutLostAttempts),
        wrong(
            "nobody is told why a run stands", "L9", "CU-13 oracle", WrongCustody::withoutReasons),
        wrong(
            "whatever holds a run up, another build is waited for",
            "CU-1",
            "CU-2 oracle",
            WrongCustody::blamingTheCode),
        wrong(
            "nobody is ever forgotten",
            "CU-4",
            "oracle",
            (Storage inner, Map<WorkerId, WorkerId> all) ->
                WrongCustody.rememberingTheDead(inner, all)),
        wrong(
            "task queues are not told apart",
            "CU-3",
            "oracle",
            (Storage inner, Map<String, Work> queues) ->
                WrongCustody.sharingTaskQueues(inner, queues)),
        wrong("a log that keeps its times is accepted now", "CP-6", "", WrongCopies::acceptingNow),
        wrong(
            "a run that is to be held from its beginning goes on",
            "CP-6",
            "",
            WrongCopies::lettingGo),
        wrong("a run that is copied keeps its key", "CP-4", "", WrongCopies::keepingKeys),
        wrong(
            "the owner of a held run never hears of it",
            "CU-15",
            "",
            WrongHolds::keepingItFromOwners),
        wrong(
            "who holds a run last is taken for who holds it",
            "CU-15",
            "",
            WrongHolds::rememberingTheLast),
        wrong(
            "who goes on in place of a held run is not held",
            "CU-15",
            "",
            WrongHolds::freeingHeirs),
        wrong(
            "all that is open is overdue",
            "CEN-2",
            "",
            WrongCensuses::takingAllThatIsOpenForOverdue),
        wrong("what stands is not counted", "CEN-1", "", WrongCensuses::passingOverWhatStands),
        wrong("every worker is the first", "CEN-3", "", WrongCensuses::withManyFirst),
        wrong(
            "a pinned run is shown to every build",
            "CU-9",
            "CU-10 CU-13 oracle",
            WrongVersions::showingPinnedRuns),
        wrong(
            "a pinned run is taken by every build",
            "CU-9",
            "CU-11 oracle CHI-7 CON-2",
            WrongVersions::takingPinnedRuns),
        wrong(
            "who takes a run first does not keep it",
            "CU-10",
            "oracle",
            WrongVersions::forgettingTheFirst),
        wrong(
            "a drained build takes what it is not shown",
            "CU-11",
            "oracle",
            WrongVersions::takingThoughDrained),
        wrong(
            "a build that nobody has is not told of",
            "CU-12",
            "oracle",
            WrongVersions::forgettingTheMissing),
        wrong(
            "runs without an answer need no old way",
            "CU-14",
            "oracle",
            WrongVersions::forgettingTheUndecided),
        wrong(
            "what stays pinned as it was counts as pinned otherwise",
            "CU-13",
            "oracle",
            WrongVersions::countingWhatItLeaves),
        wrong(
            "a worker that registers tries nothing that stands",
            "CU-2",
            "CU-7 CU-9 oracle",
            WrongCustody::leavingWhatStands),
        wrong(
            "a worker tries what stands as long as it lives",
            "CU-2",
            "CU-9 oracle",
            (Storage inner, Map<WorkerId, WorkerId> shadows) ->
                WrongCustody.tryingForEver(inner, shadows)),
        wrong(
            "a worker that registers tries what killed others",
            "CU-2",
            "CU-9 oracle",
            WrongCustody::tryingWhatKills),
        wrong(
            "a stalled run is shown to the build that stalled it",
            "CU-1",
            "L9 CU-11 oracle",
            (Storage inner, Map<WorkerId, WorkerId> shadows) ->
                WrongCustody.showingStalledRuns(inner, shadows)));
  }

  /** The right one. */
  public static Harness<Storage> right() {
    return over(inner -> inner);
  }

  private static Harness<Storage> over(UnaryOperator<Storage> wrong) {
    MovableClock clock = new MovableClock();
    MemoryStore store = new MemoryStore(clock);
    return Harness.<Storage>of(() -> wrong.apply(new MemoryStorage(store)))
        .withTime(clock::move)
        .withRounds(ROUNDS);
  }

  static WrongCase wrong(String name, String rule, String also, UnaryOperator<Storage> wrong) {
    return new WrongCase(name, Storage.class, () -> over(wrong), rule, WrongCase.words(also));
  }

  /** With something that all instances over one store share. */
  static <K, V> WrongCase wrong(
      String name, String rule, String also, BiFunction<Storage, Map<K, V>, Storage> wrong) {
    return new WrongCase(
        name,
        Storage.class,
        () -> {
          Map<K, V> shared = new ConcurrentHashMap<>();
          return over(inner -> wrong.apply(inner, shared));
        },
        rule,
        WrongCase.words(also));
  }
}

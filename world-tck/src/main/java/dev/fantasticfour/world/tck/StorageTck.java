package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.tck.storage.ArchiveChapter;
import dev.fantasticfour.world.tck.storage.ArchiveLifeChapter;
import dev.fantasticfour.world.tck.storage.AttemptChapter;
import dev.fantasticfour.world.tck.storage.AttributeChapter;
import dev.fantasticfour.world.tck.storage.AuditChapter;
import dev.fantasticfour.world.tck.storage.BatchChapter;
import dev.fantasticfour.world.tck.storage.BuildChapter;
import dev.fantasticfour.world.tck.storage.CensusChapter;
import dev.fantasticfour.world.tck.storage.ChangeChapter;
import dev.fantasticfour.world.tck.storage.ChildChapter;
import dev.fantasticfour.world.tck.storage.ContinuedChapter;
import dev.fantasticfour.world.tck.storage.CopyChapter;
import dev.fantasticfour.world.tck.storage.CustodyRaceChapter;
import dev.fantasticfour.world.tck.storage.DueChapter;
import dev.fantasticfour.world.tck.storage.DueTimeChapter;
import dev.fantasticfour.world.tck.storage.ErasureChapter;
import dev.fantasticfour.world.tck.storage.FoundRunsChapter;
import dev.fantasticfour.world.tck.storage.HeartbeatChapter;
import dev.fantasticfour.world.tck.storage.HoldChapter;
import dev.fantasticfour.world.tck.storage.HookChapter;
import dev.fantasticfour.world.tck.storage.HookRaceChapter;
import dev.fantasticfour.world.tck.storage.KeyTargetChapter;
import dev.fantasticfour.world.tck.storage.KinRaceChapter;
import dev.fantasticfour.world.tck.storage.LifecycleChapter;
import dev.fantasticfour.world.tck.storage.LinearizabilityChapter;
import dev.fantasticfour.world.tck.storage.ListChapter;
import dev.fantasticfour.world.tck.storage.LogChapter;
import dev.fantasticfour.world.tck.storage.LogRaceChapter;
import dev.fantasticfour.world.tck.storage.MatrixChapter;
import dev.fantasticfour.world.tck.storage.OddDataChapter;
import dev.fantasticfour.world.tck.storage.OwnershipChapter;
import dev.fantasticfour.world.tck.storage.PageChapter;
import dev.fantasticfour.world.tck.storage.PinChapter;
import dev.fantasticfour.world.tck.storage.ProtocolChapter;
import dev.fantasticfour.world.tck.storage.RaceChapter;
import dev.fantasticfour.world.tck.storage.RelayChapter;
import dev.fantasticfour.world.tck.storage.RetentionChapter;
import dev.fantasticfour.world.tck.storage.RunChapter;
import dev.fantasticfour.world.tck.storage.RunKeyChapter;
import dev.fantasticfour.world.tck.storage.ShownChapter;
import dev.fantasticfour.world.tck.storage.SignalChapter;
import dev.fantasticfour.world.tck.storage.SizeChapter;
import dev.fantasticfour.world.tck.storage.StallChapter;
import dev.fantasticfour.world.tck.storage.StartChapter;
import dev.fantasticfour.world.tck.storage.StepChapter;
import dev.fantasticfour.world.tck.storage.StepStartChapter;
import dev.fantasticfour.world.tck.storage.StorageOutageChapter;
import dev.fantasticfour.world.tck.storage.UnwatchedChapter;
import dev.fantasticfour.world.tck.storage.UpdateChapter;
import dev.fantasticfour.world.tck.storage.WaitChapter;
import dev.fantasticfour.world.tck.storage.WorkerChapter;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every {@link Storage} must do. Extend it and say how the adapter is opened:
 *
 * <pre>{@code
 * final class MyStorageTckTest extends StorageTck {
 *   @Override
 *   public Harness<Storage> harness() {
 *     return Harness.of(() -> new MyStorage(database));
 *   }
 * }
 * }</pre>
 *
 * <p>After every test the logs it wrote are checked as a whole, through another instance: dense
 * positions, growing ids and times, one end, and views that are the fold of the log.
 *
 * <p>Chapters carry tags, so that one alone can be run: {@code -Dgroups=matrix}. Start with {@code
 * runs}, then {@code log} and {@code matrix}; what is left is mostly in {@code races}.
 */
@ExtendWith(StorageExtension.class)
public abstract class StorageTck implements Kit<Storage> {

  @Nested
  @Tag("runs")
  class Runs implements RunChapter {}

  @Nested
  @Tag("start")
  class Start implements StartChapter {}

  @Nested
  @Tag("run-keys")
  class RunKeys implements RunKeyChapter {}

  @Nested
  @Tag("run-keys")
  class KeyTargets implements KeyTargetChapter {}

  @Nested
  @Tag("relays")
  class Relays implements RelayChapter {}

  @Nested
  @Tag("children")
  class Children implements ChildChapter {}

  @Nested
  @Tag("continued")
  class Continued implements ContinuedChapter {}

  @Nested
  @Tag("shown")
  class Shown implements ShownChapter {}

  @Nested
  @Tag("steps")
  class Steps implements StepChapter {}

  @Nested
  @Tag("steps")
  class StepStarts implements StepStartChapter {}

  @Nested
  @Tag("attempts")
  class Attempts implements AttemptChapter {}

  @Nested
  @Tag("attempts")
  class Heartbeats implements HeartbeatChapter {}

  @Nested
  @Tag("log")
  class Log implements LogChapter {}

  @Nested
  @Tag("batches")
  class Batches implements BatchChapter {}

  @Nested
  @Tag("hooks")
  class Hooks implements HookChapter {}

  @Nested
  @Tag("waits")
  class Waits implements WaitChapter {}

  @Nested
  @Tag("updates")
  class Updates implements UpdateChapter {}

  @Nested
  @Tag("lists")
  class Lists implements ListChapter {}

  @Nested
  @Tag("lists")
  class Attributes implements AttributeChapter, FoundRunsChapter {}

  @Nested
  @Tag("signals")
  class Signals implements SignalChapter {}

  @Nested
  @Tag("pages")
  class Pages implements PageChapter {}

  @Nested
  @Tag("ownership")
  class Ownership implements OwnershipChapter {}

  @Nested
  @Tag("workers")
  class Workers implements WorkerChapter {}

  @Nested
  @Tag("due")
  class DueWork implements DueChapter {}

  @Nested
  @Tag("due")
  class DueTimes implements DueTimeChapter {}

  @Nested
  @Tag("due")
  class UnwatchedWork implements UnwatchedChapter {}

  @Nested
  @Tag("ownership")
  class Protocols implements ProtocolChapter {}

  @Nested
  @Tag("builds")
  class Builds implements PinChapter, BuildChapter {}

  @Nested
  @Tag("builds")
  class Changes implements ChangeChapter {}

  @Nested
  @Tag("stalls")
  class Stalls implements StallChapter {}

  @Nested
  @Tag("stalls")
  class Holds implements HoldChapter {}

  @Nested
  @Tag("copies")
  class Copies implements CopyChapter {}

  @Nested
  @Tag("matrix")
  class Matrix implements MatrixChapter {}

  @Nested
  @Tag("odd-data")
  class OddData implements OddDataChapter {}

  @Nested
  @Tag("sizes")
  class Sizes implements SizeChapter {}

  @Nested
  @Tag("races")
  class Races implements RaceChapter {}

  @Nested
  @Tag("races")
  class LogRaces implements LogRaceChapter {}

  @Nested
  @Tag("races")
  class HookRaces implements HookRaceChapter {}

  @Nested
  @Tag("races")
  class CustodyRaces implements CustodyRaceChapter {}

  @Nested
  @Tag("races")
  class KinRaces implements KinRaceChapter {}

  @Nested
  @Tag("archive")
  class Archive implements ArchiveChapter {}

  @Nested
  @Tag("archive")
  class ArchiveLives implements ArchiveLifeChapter {}

  @Nested
  @Tag("retention")
  class Retentions implements RetentionChapter {}

  @Nested
  @Tag("retention")
  class Erasures implements ErasureChapter {}

  @Nested
  @Tag("census")
  class Censuses implements CensusChapter {}

  @Nested
  @Tag("audit")
  class Audits implements AuditChapter {}

  @Nested
  @Tag("lifecycle")
  class Lifecycle implements LifecycleChapter {}

  @Nested
  @Tag("races")
  class Linearizability implements LinearizabilityChapter {}

  @Nested
  @Tag("outages")
  class Outages implements StorageOutageChapter {}
}

package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.attribute.AttributeJson;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.rules.FactColumns;
import dev.fantasticfour.world.core.rules.LineageText;
import dev.fantasticfour.world.core.rules.PinText;
import dev.fantasticfour.world.core.rules.Protocol;
import dev.fantasticfour.world.core.rules.Ruling;
import dev.fantasticfour.world.core.rules.RunIdWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of append_v1 while they are filled, row by row: the one place where a fact becomes
 * columns. How they are read again is {@link EventRow}'s affair.
 */
final class AppendColumns {

  private static final HexFormat HEX = HexFormat.of();

  /** A batch needs protocol 7. */
  private static final long NEWER = 32;

  private final List<@Nullable String[]> batchTexts = new ArrayList<>();
  private final List<@Nullable Long[]> batchNumbers = new ArrayList<>();
  private final List<@Nullable String[]> draftTexts = new ArrayList<>();
  private final List<@Nullable Long[]> draftNumbers = new ArrayList<>();
  private final List<byte @Nullable []> draftBytes = new ArrayList<>();
  private final List<@Nullable String[]> creationTexts = new ArrayList<>();
  private final List<@Nullable Long[]> creationNumbers = new ArrayList<>();
  private final List<byte @Nullable [][]> creationBytes = new ArrayList<>();
  private boolean anyBytes;

  /** The call for some batches. */
  static AppendCall call(List<Addition> additions, Duration offset, @Nullable Instant now) {
    AppendColumns columns = new AppendColumns();
    for (Addition addition : additions) {
      columns.add(addition, null);
      long mother = columns.batchTexts.size();
      addition.born().forEach(born -> columns.add(born, mother));
    }
    return columns.call(offset, now);
  }

  private AppendCall call(Duration offset, @Nullable Instant now) {
    boolean creates = !creationTexts.isEmpty();
    return new AppendCall(
        Intervals.write(offset),
        Instants.write(now),
        batchTexts.toArray(String[][]::new),
        batchNumbers.toArray(Long[][]::new),
        draftTexts.toArray(String[][]::new),
        draftNumbers.toArray(Long[][]::new),
        anyBytes ? draftBytes.toArray(byte[][]::new) : null,
        creates ? creationTexts.toArray(String[][]::new) : null,
        creates ? creationNumbers.toArray(Long[][]::new) : null,
        creates ? creationBytes.toArray(byte[][][]::new) : null);
  }

  /** With the number of the batch that it comes to be with, or null. */
  private void add(Addition addition, @Nullable Long mother) {
    long first = draftBytes.size() + 1L;
    Long start = null;
    Long end = null;
    Long creation = null;
    long byOthers = 0;
    long steps = 0;
    long opened = 0;
    long waits = 0;
    long waited = 0;
    long hooks = 0;
    long disposed = 0;
    long besides = 0;
    long asked = 0;
    Map<String, Long> turns = new HashMap<>();
    long mostTurns = 1;
    for (Line line : addition.lines()) {
      Ruling.Entry entry = line.entry();
      String about = entry.draft().correlationId();
      long turn =
          addition.lines().size() > 1 && about != null && entry.draft().fact().type().isOfStep()
              ? turns.merge(about, 1L, Long::sum)
              : 1;
      mostTurns = Math.max(mostTurns, turn);
      long number = add(line, turn);
      byOthers += entry.seen() < 0 ? 1 : 0;
      besides |= besides(entry.draft().fact().type()) & (line.bare() ? NEWER : -1);
      if (line.bare()) {
        continue;
      }
      switch (entry.draft().fact()) {
        case Fact.RunCreated created -> creation = create(addition, created, mother);
        case Fact.RunStarted f -> start = number;
        case RunFact f -> end = f.type().endsRun() ? (Long) number : end;
        case Fact.StepCreated f -> opened++;
        case Fact.StepStarted f -> opened++;
        case Fact.StepRetrying f -> opened++;
        case Fact.StepCompleted f -> steps++;
        case Fact.StepFailed f -> steps++;
        case Fact.StepCancelled f -> steps++;
        case Fact.HookCreated f -> hooks++;
        case Fact.HookDisposed f -> disposed++;
        case HookFact f -> {}
        case Fact.WaitCreated f -> waits++;
        case Fact.WaitCompleted f -> waited++;
        case Fact.WaitCancelled f -> waited++;
        case UpdateFact.Requested f -> asked++;
        case UpdateFact f -> {}
        case ChildFact f -> {}
        case SendFact f -> {}
        case PermitFact f -> {}
      }
    }
    RunStatus status = addition.status();
    batchTexts.add(
        new @Nullable String[] {
          addition.run() == null ? null : addition.run().value(),
          addition.batch().id(),
          addition.owner(),
          addition.phases(),
          status == null ? null : status.word(),
          addition.token() == null ? null : hash(addition.token()),
          Instants.write(addition.due())
        });
    batchNumbers.add(
        new @Nullable Long[] {
          addition.epoch(),
          addition.end(),
          first,
          (long) draftBytes.size(),
          start,
          end,
          creation,
          byOthers,
          steps + opened,
          waits,
          waited,
          hooks,
          disposed,
          opened,
          mostTurns,
          besides,
          asked
        });
  }

  private long add(Line line, long turn) {
    Draft draft = line.entry().draft();
    EventType type = draft.fact().type();
    FactColumns fact = FactColumns.of(draft.fact());
    Site site = fact.site();
    StoredPayload payload = StoredPayload.of(fact.payload());
    boolean hasCode = hasCode(type);
    String time = Instants.write(fact.time());
    draftTexts.add(
        new @Nullable String[] {
          type.word(),
          draft.correlationId(),
          site == null ? fact.name() : site.name(),
          site == null ? null : site.branch(),
          fact.worker(),
          fact.token(),
          fact.otherRun(),
          hasCode ? fact.text() : null,
          hasCode ? null : fact.text(),
          payload.json(),
          payload.codec(),
          listens(type) ? hash(Objects.requireNonNull(fact.token())) : null,
          line.supposes().letter(),
          Instants.write(draft.occurredAt()),
          isOfAttempt(type) ? time : null,
          type == EventType.STEP_RETRYING ? time : null,
          type == EventType.WAIT_CREATED || type == EventType.RUN_DEFERRED ? time : null,
          details(draft.fact(), fact),
          line.batchId()
        });
    draftNumbers.add(
        new @Nullable Long[] {
          line.entry().seen(),
          site == null ? null : (Long) (long) site.index(),
          fact.attempt() == null ? null : (Long) fact.attempt().longValue(),
          fact.flag() == null ? null : (Long) (fact.flag() ? 1L : 0L),
          (long) line.counted(),
          turn
        });
    anyBytes |= payload.bytes() != null;
    draftBytes.add(payload.bytes());
    return draftBytes.size();
  }

  static long besides(EventType type) {
    long sevenOnly = Protocol.versionOf(type) >= 7 ? NEWER : 0;
    return sevenOnly
        + switch (type) {
          case STATE_PUBLISHED -> 1;
          case ATTRIBUTES_SET -> 2;
          case CHANGE_MARKED -> 4;
          case UPDATE_REQUESTED,
              UPDATE_ACCEPTED,
              UPDATE_REJECTED,
              UPDATE_COMPLETED,
              UPDATE_FAILED ->
              8;
          case SIGNAL_SENT -> 16;
          case CHILD_CANCEL_REQUESTED -> 16 | 64;
          case CHILD_CREATED,
              CHILD_CARRIED,
              CHILD_COMPLETED,
              CHILD_FAILED,
              CHILD_CANCELLED,
              HOOK_CARRIED,
              RUN_CONTINUED ->
              64;
          default -> 0;
        };
  }

  private static boolean listens(EventType type) {
    return type == EventType.HOOK_CREATED || type == EventType.HOOK_CARRIED;
  }

  private static boolean hasCode(EventType type) {
    return switch (type) {
      case RUN_FAILED, STEP_FAILED, CHILD_FAILED, UPDATE_REJECTED, UPDATE_FAILED -> true;
      default -> false;
    };
  }

  /** With a creation its attributes: those beside the run change. */
  private static @Nullable String details(Fact fact, FactColumns columns) {
    if (fact instanceof Fact.RunCreated f) {
      return f.attributes().isEmpty() ? null : AttributeJson.write(f.attributes());
    }
    return columns.details() == null ? null : columns.details().json();
  }

  private static boolean isOfAttempt(EventType type) {
    return switch (type) {
      case STEP_STARTED, STEP_COMPLETED, STEP_FAILED -> true;
      default -> false;
    };
  }

  private long create(Addition addition, Fact.RunCreated created, @Nullable Long mother) {
    RunId run = Objects.requireNonNull(addition.run());
    // A start that brings its creation is not held to the window (2.5).
    boolean saysItsTime =
        run.value().startsWith(RunId.PREFIX)
            && !addition.isAged()
            && (mother != null
                || addition.batch().drafts().getFirst().fact().type() == EventType.RUN_CREATED);
    StoredPayload input = StoredPayload.of(created.input());
    StoredPayload context = StoredPayload.of(created.executionContext());
    String key = created.runKey();
    creationTexts.add(
        new @Nullable String[] {
          created.workflow(),
          created.deploymentId(),
          created.taskQueue(),
          key,
          key == null ? null : hash(key),
          created.inputHash(),
          AttributeJson.write(created.attributes()),
          input.json(),
          input.codec(),
          context.json(),
          context.codec(),
          saysItsTime ? Instants.write(RunIdWindow.time(run)) : null,
          PinText.write(created.pin()),
          LineageText.write(created)
        });
    creationNumbers.add(
        new @Nullable Long[] {batchTexts.size() + 1L, (long) created.specVersion(), mother});
    creationBytes.add(new byte @Nullable [][] {input.bytes(), context.bytes()});
    return creationTexts.size();
  }

  private static String hash(String name) {
    return HEX.formatHex(Sha256.of(name));
  }
}

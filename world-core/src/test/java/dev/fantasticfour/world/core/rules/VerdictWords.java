package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A cell of the matrix in the words of {@code docs/spec/verdicts.md}. */
final class VerdictWords {

  private VerdictWords() {}

  /** The heading of the table that the cell belongs to. */
  static String table(MatrixCase it) {
    EventType type = it.draft().fact().type();
    return switch (type.subject()) {
      case RUN -> "Run events";
      case STEP -> "Step events";
      case HOOK -> "Hook events";
      case WAIT -> "Wait events";
      case CHILD, SEND, PERMIT, UPDATE -> "Events about children, sends, permits and updates";
    };
  }

  /** The words of the cell, one per column. */
  static List<String> cell(List<String> columns, MatrixCase it) {
    return columns.stream().map(column -> word(column, it)).toList();
  }

  private static String word(String column, MatrixCase it) {
    Situation at = it.at();
    Fact fact = it.draft().fact();
    return switch (column) {
      case "Event" -> fact.type().word();
      case "Creation" -> brought(creation(fact));
      case "Site" -> FactParts.site(fact) == null ? "without" : "with";
      case "By" -> by(at, fact.type());
      case "Run" -> at.run() instanceof RunState.Present run ? lower(run.status()) : "absent";
      case "Claimed" -> it.claimed() ? "yes" : "no";
      case "Key" -> name(at.key());
      case "Step" -> step(at);
      case "Hook" -> at.hook() == HookState.CONFLICTED ? "conflict" : lower(at.hook());
      case "Token" -> name(at.token());
      case "Wait" -> lower(at.waitState());
      case "Stage" -> lower(at.stage());
      default -> throw new IllegalStateException("verdicts.md has an unknown column " + column);
    };
  }

  /** What an event brings to create its run from, or null. */
  static Fact.@Nullable RunCreated creation(Fact fact) {
    return fact instanceof Fact.RunStarted started
        ? started.creation()
        : fact instanceof Fact.RunCreated created ? created : null;
  }

  private static String brought(Fact.@Nullable RunCreated creation) {
    return creation == null ? "none" : creation.input() == null ? "incomplete" : "complete";
  }

  private static String by(Situation at, EventType type) {
    return switch (at.by()) {
      case Authority.Anyone anyone -> "anyone";
      case Authority.Foreign foreign -> "foreigner";
      case Authority.Relay relay -> "another run";
      case Authority.Owner owner ->
          !owner.worker().equals(MatrixCase.OWNER)
              ? "other worker"
              : owner.epoch() == 1 ? "owner" : "other epoch";
      case Authority.AttemptHolder holder ->
          !type.isOfStep()
              ? "holder"
              : !holder.stepId().equals(MatrixStates.ID)
                  ? "other step"
                  : holder.attempt() == begun(at) ? "current attempt" : "next attempt";
    };
  }

  private static int begun(Situation at) {
    return at.step() instanceof StepState.Present step ? step.attempt() : 0;
  }

  private static String step(Situation at) {
    if (!(at.step() instanceof StepState.Present step)) {
      return "absent";
    }
    if (step.status() != StepStatus.PENDING) {
      return lower(step.status());
    }
    if (step.attempt() == 0) {
      return "new";
    }
    if (step.retryAfter() == null) {
      return "failed once";
    }
    return step.retryAfter().isAfter(at.now()) ? "retry later" : "retry due";
  }

  private static String name(NameState state) {
    return state instanceof NameState.Held ? "taken" : "free";
  }

  /** What the rules say of the cell. */
  static String verdict(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted accepted -> "accepted";
      case Verdict.AcceptedAfterCreation accepted -> "accepted after creation";
      case Verdict.TokenTaken taken -> "token taken";
      case Verdict.KeyTaken taken -> "key taken";
      case Verdict.Unchanged unchanged -> "unchanged";
      case Verdict.Refused refused ->
          switch (refused.result()) {
            case AppendResult.Closed closed -> "closed";
            case AppendResult.Fenced fenced -> "fenced";
            case AppendResult.Conflict conflict -> "conflict " + conflict.reason();
            case AppendResult.NotFound missing -> "not found " + missing.kind();
            case AppendResult.TooEarly early -> "too early";
            case AppendResult.Appended appended -> "no refusal: " + appended;
            case AppendResult.Repeated repeated -> "no refusal: " + repeated;
            case AppendResult.Stale stale -> "not a matter of one event: " + stale;
            case AppendResult.Busy busy -> "not a matter of the rules: " + busy;
          };
    };
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

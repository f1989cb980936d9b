package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Storage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The ways to keep other events than those that were accepted. */
final class WrongEvents {

  private static final Instant GREGORIAN = Instant.parse("1582-10-15T00:00:00Z");

  private WrongEvents() {}

  /**
   * Ids that were made before the commit: as good as the clock of whoever made them, and within its
   * tick in any order.
   */
  static Storage mintedBeforeTheCommit(Storage inner) {
    return new RewrittenEvents(
        inner,
        event -> {
          long tick = event.createdAt().truncatedTo(ChronoUnit.MINUTES).getEpochSecond();
          String id = "evnt_%016d%010d".formatted(tick, 9_999_999_999L - event.position());
          return RewrittenEvents.with(event, id, event.createdAt(), event.fact());
        });
  }

  /** Times of a clock with coarse ticks. */
  static Storage withCoarseTimes(Storage inner) {
    return new RewrittenEvents(
        inner,
        event ->
            RewrittenEvents.with(
                event,
                event.id(),
                event.createdAt().truncatedTo(ChronoUnit.MINUTES),
                event.fact()));
  }

  /** Events without what they carry, as a list that saves its readers the payloads. */
  static Storage stripped(Storage inner) {
    return new RewrittenEvents(inner, WrongEvents::stripped);
  }

  private static Event stripped(Event event) {
    return RewrittenEvents.with(
        event, event.id(), event.createdAt(), FactPayloads.map(event.fact(), payload -> null));
  }

  /** JSON without what a database could not look into. */
  static Storage withoutNul(Storage inner) {
    return WrongBatches.withFacts(
        inner,
        fact ->
            FactPayloads.map(
                fact,
                payload ->
                    payload.isJson() && payload.text().contains("\\u0000")
                        ? Payload.json(payload.text().replace("\\u0000", ""))
                        : payload));
  }

  /** Nothing where there is something empty. */
  static Storage withoutEmptyPayloads(Storage inner) {
    return WrongBatches.withFacts(
        inner, fact -> FactPayloads.map(fact, payload -> payload.size() == 0 ? null : payload));
  }

  /** Times before 1582 as an old calendar counts them. */
  static Storage byAnOldCalendar(Storage inner) {
    return WrongBatches.withFacts(
        inner,
        fact ->
            fact instanceof Fact.WaitCreated wait && wait.resumeAt().isBefore(GREGORIAN)
                ? new Fact.WaitCreated(wait.site(), wait.resumeAt().plus(2, ChronoUnit.DAYS))
                : fact);
  }

  /** Times as a machine in another time zone writes them. */
  static Storage inAnotherTimeZone(Storage inner) {
    return WrongBatches.withFacts(
        inner,
        fact ->
            fact instanceof Fact.WaitCreated wait && wait.resumeAt().isBefore(Instant.EPOCH)
                ? new Fact.WaitCreated(wait.site(), wait.resumeAt().plus(765, ChronoUnit.MINUTES))
                : fact);
  }

  /** A retry that may begin at once, whatever was said. */
  static Storage withoutRetryTimes(Storage inner) {
    return WrongBatches.withFacts(
        inner,
        fact ->
            fact instanceof Fact.StepRetrying step
                ? new Fact.StepRetrying(step.site(), step.attempt(), step.error(), null)
                : fact);
  }

  /** An attempt began when that was written down, however late. */
  static Storage withoutStarts(Storage inner) {
    return WrongBatches.withFacts(
        inner,
        fact ->
            fact instanceof Fact.StepStarted step
                ? new Fact.StepStarted(step.site(), step.attempt(), step.worker())
                : fact);
  }

  /** Tokens without the spaces at their end, as columns of fixed width lose them. */
  static Storage withTrimmedTokens(Storage inner) {
    return WrongBatches.withFacts(
        inner,
        fact ->
            fact instanceof Fact.HookCreated hook
                ? new Fact.HookCreated(
                    hook.site(), trimmed(hook.token()), hook.metadata(), hook.webhook())
                : fact);
  }

  /** Counts characters where the index counts bytes, and has only the index refuse. */
  static Storage withShortNames(Storage inner) {
    return WrongBatches.withFacts(
        inner,
        fact -> {
          if (fact instanceof Fact.RunCreated created
              && created.workflow().getBytes(StandardCharsets.UTF_8).length > 255) {
            throw new WorldException(
                ErrorCode.CONTRACT_VIOLATION, "index row size exceeds maximum");
          }
          return fact;
        });
  }

  private static String trimmed(String token) {
    int end = token.length();
    while (end > 0 && token.charAt(end - 1) == ' ') {
      end--;
    }
    return token.substring(0, end);
  }

  /** The same draft with another fact. */
  static Draft with(Draft draft, Fact fact) {
    return new Draft(draft.correlationId(), draft.occurredAt(), fact);
  }
}

package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tests write: one short word for each kind of event. */
final class Drafts {

  static final Payload ERROR = Payload.json("{\"type\":\"Boom\",\"message\":\"no\"}");
  static final Payload VALUE = Payload.json("{\"b\":1,\"a\":[2.50,\"ü\"]}");

  private Drafts() {}

  static Draft of(@Nullable String id, Fact fact) {
    return new Draft(id, now(), fact);
  }

  /** The writer's clock, as exact as stores are. */
  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  static Fact.RunCreated creation(String workflow) {
    return new Fact.RunCreated(
        workflow,
        "build-1",
        6,
        "orders",
        VALUE,
        null,
        null,
        Map.of("tenant", AttributeValue.of("t1")),
        null);
  }

  static Fact.RunCreated creation(String workflow, String key, String hash) {
    return new Fact.RunCreated(workflow, "build-1", 6, "orders", VALUE, key, hash, Map.of(), null);
  }

  static Draft created(String workflow) {
    return of(null, creation(workflow));
  }

  static Draft started() {
    return of(null, new Fact.RunStarted(null));
  }

  static Draft startedWith(Fact.RunCreated creation) {
    return of(null, new Fact.RunStarted(creation));
  }

  static Draft completed() {
    return of(null, new Fact.RunCompleted(VALUE));
  }

  static Draft failed() {
    return of(null, new Fact.RunFailed(ERROR, "USER_ERROR"));
  }

  static Draft cancelled() {
    return of(null, new Fact.RunCancelled("enough"));
  }

  static Draft terminated() {
    return of(null, new Fact.RunTerminated("at once"));
  }

  static Draft cancelRequested() {
    return of(null, new Fact.CancelRequested("please"));
  }

  static Draft stepCreated(String id) {
    return stepCreated(id, VALUE);
  }

  static Draft stepCreated(String id, @Nullable Payload input) {
    return of(id, new Fact.StepCreated(new Site("charge", "", 0), input));
  }

  static Draft stepStarted(String id) {
    return stepStarted(id, 1);
  }

  static Draft stepStarted(String id, int attempt) {
    return of(id, new Fact.StepStarted(null, attempt, "somebody"));
  }

  static Draft stepRetrying(String id, @Nullable Instant retryAt) {
    return stepRetrying(id, 1, retryAt);
  }

  static Draft stepRetrying(String id, int attempt, @Nullable Instant retryAt) {
    return of(id, new Fact.StepRetrying(null, attempt, ERROR, retryAt));
  }

  static Draft stepCompleted(String id) {
    return stepCompleted(id, 1);
  }

  static Draft stepCompleted(String id, int attempt) {
    return of(id, new Fact.StepCompleted(null, attempt, null, VALUE));
  }

  static Draft stepDone(String id, String name) {
    return of(id, new Fact.StepCompleted(new Site(name, "", 0), 1, now(), VALUE));
  }

  static Draft stepFailed(String id) {
    return stepFailed(id, 1);
  }

  static Draft stepFailed(String id, int attempt) {
    return of(id, new Fact.StepFailed(null, attempt, null, ERROR, "FATAL"));
  }

  static Draft stepCancelled(String id) {
    return of(id, new Fact.StepCancelled(null));
  }

  static Draft hookCreated(String id, String token) {
    return of(id, new Fact.HookCreated(new Site("approval", "", 1), token, VALUE, null));
  }

  static Draft hookReceived(@Nullable String id) {
    return of(id, new Fact.HookReceived(VALUE));
  }

  static Draft hookDisposed(String id) {
    return of(id, new Fact.HookDisposed());
  }

  static Draft waitCreated(String id) {
    return waitCreated(id, Instant.parse("2126-01-01T00:00:00.123Z"));
  }

  static Draft waitCreated(String id, Instant resumeAt) {
    return of(id, new Fact.WaitCreated(new Site("sleep", "", 2), resumeAt));
  }

  static Draft waitCompleted(String id) {
    return of(id, new Fact.WaitCompleted());
  }

  static Draft waitCancelled(String id) {
    return of(id, new Fact.WaitCancelled());
  }
}

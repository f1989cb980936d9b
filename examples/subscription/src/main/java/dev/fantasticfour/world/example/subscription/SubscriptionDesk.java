package dev.fantasticfour.world.example.subscription;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Where subscriptions are taken and looked after. It holds nothing itself: a subscriber is known by
 * name, and has one subscription. Safe for any number of threads, in any number of processes.
 */
final class SubscriptionDesk {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WorldClient client;

  SubscriptionDesk(WorldClient client) {
    this.client = client;
  }

  private static String keyOf(String subscriber) {
    return "subscription of " + subscriber;
  }

  /** Takes a subscription; its first period is charged as soon as it begins. */
  Run<Farewell> subscribe(Subscription wanted) {
    return client.start(
        SubscriptionWorkflow.TYPE,
        wanted,
        o ->
            o.runKey(keyOf(wanted.subscriber()))
                .attribute(SubscriptionWorkflow.SUBSCRIBER, wanted.subscriber()));
  }

  /**
   * Changes the plan from the next period on.
   *
   * @return when that begins
   * @throws dev.fantasticfour.world.api.error.UpdateRejectedException when that cannot be had
   */
  Instant changePlan(String subscriber, Plan plan) {
    return Objects.requireNonNull(
        client.update(SubscriptionWorkflow.CHANGE_PLAN, of(subscriber), plan));
  }

  /**
   * Has it end with the period that is paid for.
   *
   * @return when that is over
   */
  Instant cancel(String subscriber, String reason) {
    return Objects.requireNonNull(
        client.update(SubscriptionWorkflow.CANCEL, of(subscriber), reason));
  }

  /** Pays with another card from now on. */
  void newCard(String subscriber, String card) {
    String unused =
        client.signal(
            SubscriptionWorkflow.CARD, SubscriptionWorkflow.TYPE, keyOf(subscriber), card);
  }

  /** The run of now of the subscription of somebody, who has one. */
  Run<Farewell> of(String subscriber) {
    RunRecord newest =
        client
            .runs(
                Runs.of(SubscriptionWorkflow.TYPE).runKey(keyOf(subscriber)),
                PageRequest.newestFirst())
            .items()
            .getFirst();
    return client.run(SubscriptionWorkflow.TYPE, newest.id().value());
  }

  /** How a subscription stands, as soon as it is as wanted, in this period or in a later one. */
  Standing await(String subscriber, Predicate<Standing> wanted) {
    return Objects.requireNonNull(
        client.awaitState(SubscriptionWorkflow.STANDING, of(subscriber), wanted, PATIENCE).value());
  }

  /** How a subscription ended that does. */
  Farewell farewell(Run<Farewell> subscription) {
    return Objects.requireNonNull(subscription.result(PATIENCE));
  }

  /**
   * The newest subscriptions that go on of which something is true: {@code find(PLAN.is("SOLO"))}.
   * The runs of their earlier periods have ended, and are none of them.
   */
  List<RunRecord> find(AttributeCondition condition) {
    return client
        .runs(
            Runs.of(SubscriptionWorkflow.TYPE)
                .status(RunStatus.PENDING, RunStatus.RUNNING)
                .where(condition),
            PageRequest.newestFirst())
        .items();
  }
}

package dev.fantasticfour.world.example.subscription;

import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.workflow.Inbox;
import dev.fantasticfour.world.api.workflow.Received;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * One period of a subscription: waits until it begins, charges it, and goes on in another run for
 * the next. So a subscription of any age has a history of a few events, and all that it is stands
 * in {@link Subscription}, which one run hands to the next. Whoever deals with it notices nothing
 * of that: it has one run key and one result.
 */
final class SubscriptionWorkflow implements Workflow<Subscription, Farewell> {

  /** A chain of runs is one subscription. */
  static final WorkflowType<Subscription, Farewell> TYPE =
      WorkflowType.of("subscription", Subscription.class, Farewell.class);

  /** Another plan, from the next period on; answered by when that begins. */
  static final UpdateType<Plan, Instant> CHANGE_PLAN =
      UpdateType.of("change-plan", Plan.class, Instant.class);

  /** No further period, for that reason; answered by when it ends. Asked again, it is the same. */
  static final UpdateType<String, Instant> CANCEL =
      UpdateType.of("cancel", String.class, Instant.class);

  /** Another card, tried at once when one was refused: nobody waits for an answer. */
  static final SignalType<String> CARD = SignalType.of("card", String.class);

  /** How the subscription stands, to be read at any time. */
  static final StateType<Standing> STANDING = StateType.of("standing", Standing.class);

  /** By what subscriptions are found: whose they are, the names of the plan and of the status. */
  static final AttributeKey<String> SUBSCRIBER = AttributeKey.keyword("subscriber");

  static final AttributeKey<String> PLAN = AttributeKey.keyword("plan");
  static final AttributeKey<String> STATUS = AttributeKey.keyword("status");

  /** A bank that does not answer is asked until it does: that is not the subscriber's fault. */
  private static final RetryPolicy UNTIL_ANSWERED =
      RetryPolicy.forever().pauses(Duration.ofSeconds(1), Duration.ofHours(1));

  private final BackOffice office;
  private final BillingCycle cycle;
  private final Grace grace;

  SubscriptionWorkflow(BackOffice office, BillingCycle cycle, Grace grace) {
    this.office = office;
    this.cycle = cycle;
    this.grace = grace;
  }

  @Override
  public Farewell run(WorkflowContext ctx, Subscription subscription) {
    Account account = new Account(subscription, cycle);
    show(ctx, account.standing());
    ctx.onUpdate(
        CHANGE_PLAN,
        account::check,
        (branch, plan) -> {
          account.change(plan);
          show(branch, account.standing());
          return account.open();
        });
    ctx.onUpdate(
        CANCEL,
        (branch, reason) -> {
          account.cancel();
          show(branch, account.standing());
          return account.open();
        });

    ctx.sleepUntil(account.paidUntil());
    if (account.isEnding()) {
      return ended(ctx, account, Status.CANCELLED);
    }
    if (!isPaid(ctx, account)) {
      return ended(ctx, account, Status.LAPSED);
    }
    show(ctx, account.standing());
    throw ctx.continueAsNew(TYPE, account.next());
  }

  /** Charges what is owed; a card that is refused is tried again until the grace is over. */
  private boolean isPaid(WorkflowContext ctx, Account account) {
    Inbox<String> cards = ctx.signals(CARD);
    while (cards.pending() > 0) {
      account.pay(cards.await());
    }
    account.owe();
    Answer answer = charge(ctx, account.bill());
    for (int pauses = 0; !answer.isPaid() && pauses < grace.pauses(); ) {
      account.refused();
      show(ctx, account.standing());
      remind(ctx, account.bill(), Objects.requireNonNull(answer.refusal()));
      Received<String> card = cards.await(grace.pause());
      card.ifPresent(account::pay);
      pauses += card.isEmpty() ? 1 : 0;
      answer = charge(ctx, account.bill());
    }
    if (answer.isPaid()) {
      account.paid();
    }
    return answer.isPaid();
  }

  /**
   * Each time it is a step of its own, with a key of its own; of one step all attempts share it.
   */
  private Answer charge(WorkflowContext ctx, Bill bill) {
    return ctx.step(
        "charge",
        Answer.class,
        o -> o.retry(UNTIL_ANSWERED).timeout(Duration.ofSeconds(30)),
        s -> office.charge(bill, s.idempotencyKey()));
  }

  private void remind(WorkflowContext ctx, Bill bill, String refusal) {
    ctx.step("remind", String.class, s -> office.remind(bill, refusal, s.idempotencyKey()));
  }

  private static Farewell ended(WorkflowContext ctx, Account account, Status how) {
    Farewell farewell = account.farewell(how);
    Standing last = account.standing();
    show(ctx, new Standing(last.plan(), how, last.paid(), last.until()));
    return farewell;
  }

  /** Costs no commit of its own: it is written with what the turn writes anyway. */
  private static void show(WorkflowContext ctx, Standing standing) {
    ctx.publish(STANDING, standing);
    ctx.set(PLAN, standing.plan().name());
    ctx.set(STATUS, standing.status().name());
  }
}

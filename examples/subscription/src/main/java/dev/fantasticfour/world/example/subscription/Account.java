package dev.fantasticfour.world.example.subscription;

import java.time.Instant;

/**
 * What the workflow knows of a subscription in one of its runs: plain fields without locks, since
 * the branches of a run take turns. After a crash it is what the log makes of a new one.
 */
final class Account {

  private final Subscription begun;
  private final BillingCycle cycle;
  private Plan plan;
  private String card;
  private int paid;
  private long owed;
  private boolean charging;
  private boolean refused;
  private boolean ending;

  Account(Subscription begun, BillingCycle cycle) {
    this.begun = begun;
    this.cycle = cycle;
    this.plan = begun.plan();
    this.card = begun.card();
    this.paid = begun.paid();
    this.ending = begun.ending();
  }

  /** When the periods end that are paid for. */
  Instant paidUntil() {
    return cycle.due(begun.since(), paid);
  }

  /** From when on something else may be wished for: what is being charged stays as it is. */
  Instant open() {
    return cycle.due(begun.since(), charging ? paid + 1 : paid);
  }

  /** Takes another plan by returning; it changes nothing. */
  void check(Plan wanted) {
    if (ending) {
      throw new IllegalStateException("it was cancelled, and ends at " + open());
    }
    if (wanted == plan) {
      throw new IllegalArgumentException("the plan is " + plan + " already");
    }
  }

  void change(Plan wanted) {
    plan = wanted;
  }

  void pay(String newCard) {
    card = newCard;
  }

  void cancel() {
    ending = true;
  }

  boolean isEnding() {
    return ending;
  }

  /** The next period is being charged from now on, for what the plan costs now. */
  void owe() {
    charging = true;
    owed = plan.cents();
  }

  /** The bill of what is owed, to the card of now. */
  Bill bill() {
    return new Bill(begun.subscriber(), paid, paidUntil(), owed, card);
  }

  void refused() {
    refused = true;
  }

  void paid() {
    paid++;
    charging = false;
    refused = false;
  }

  Standing standing() {
    Status status = refused ? Status.PAST_DUE : ending ? Status.ENDING : Status.ACTIVE;
    return new Standing(plan, status, paid, paidUntil());
  }

  Farewell farewell(Status how) {
    return new Farewell(begun.subscriber(), how, paid, paidUntil());
  }

  /** What the next run has to know. */
  Subscription next() {
    return new Subscription(begun.subscriber(), plan, card, begun.since(), paid, ending);
  }
}

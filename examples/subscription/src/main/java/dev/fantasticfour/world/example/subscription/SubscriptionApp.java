package dev.fantasticfour.world.example.subscription;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.UpdateRejectedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunRecord;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Ada changes her plan and leaves in the end, Bob's card is refused until he has another one, and
 * Carol's stays refused; all is printed. A month lasts a second here, and the three days between
 * two letters half of one. With {@code WORKFLOW_STORAGE}, {@code WORKFLOW_QUEUE} and {@code
 * WORKFLOW_STREAMER} set to {@code memory} it needs no server at all.
 */
public final class SubscriptionApp {

  private SubscriptionApp() {}

  /** Runs the example with the adapters that the environment names. */
  public static void main(String[] arguments) {
    try {
      run(WorldConfig.fromEnvironment(), System.out);
    } catch (WorldException e) {
      // Its message names the variable or the server to look at; a stack trace would not help.
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void run(WorldConfig config, PrintStream out) {
    SubscriptionWorkflow workflow =
        new SubscriptionWorkflow(
            new PrintedOffice(out),
            BillingCycle.every(Duration.ofSeconds(1)),
            new Grace(Duration.ofMillis(500), 3));
    try (World world = World.create(config, w -> register(w, workflow))) {
      world.start();
      session(new SubscriptionDesk(world.client()), out);
    }
  }

  /** All that a process of this house can execute. */
  static void register(Registrations world, SubscriptionWorkflow workflow) {
    Registrations unused = world.register(SubscriptionWorkflow.TYPE, workflow);
  }

  private static void session(SubscriptionDesk desk, PrintStream out) {
    // Names are new in every process, so that the example may be run again on the same store.
    String day = UUID.randomUUID().toString().substring(0, 8);
    String ada = "ada-" + day;
    String bob = "bob-" + day;
    String carol = "carol-" + day;
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    Run<Farewell> adas = desk.subscribe(Subscription.of(ada, Plan.SOLO, "a card", now));
    Standing standing = desk.await(ada, shown -> shown.paid() == 1);
    out.println(ada + " has " + standing.plan() + ", " + standing.status());
    out.println("FAMILY from " + between(now, desk.changePlan(ada, Plan.FAMILY)) + " on");
    try {
      Instant unused = desk.changePlan(ada, Plan.FAMILY);
    } catch (UpdateRejectedException e) {
      out.println("not taken: " + e.failure().message());
    }

    Run<Farewell> bobs = desk.subscribe(Subscription.of(bob, Plan.SOLO, "an expired card", now));
    standing = desk.await(bob, shown -> shown.status() == Status.PAST_DUE);
    for (RunRecord found : desk.find(SubscriptionWorkflow.STATUS.is(Status.PAST_DUE.name()))) {
      if (found.id().value().equals(bobs.id())) {
        out.println("found by its status: " + found.runKey());
      }
    }
    desk.newCard(bob, "a new card");
    standing = desk.await(bob, shown -> shown.paid() == 1);
    out.println(bob + " has " + standing.plan() + ", " + standing.status());

    out.println(
        desk.farewell(desk.subscribe(Subscription.of(carol, Plan.SOLO, "an expired card", now))));

    standing = desk.await(ada, shown -> shown.paid() >= 3);
    out.println("ada leaves at the end of a period: " + desk.cancel(ada, "moved").isAfter(now));
    Instant unused = desk.cancel(bob, "Ada has left");
    out.println(desk.farewell(adas));
    out.println(desk.farewell(bobs));
  }

  private static String between(Instant from, Instant to) {
    return Duration.between(from, to).toSeconds() + " months";
  }
}

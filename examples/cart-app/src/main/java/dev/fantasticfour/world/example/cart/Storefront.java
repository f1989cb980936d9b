package dev.fantasticfour.world.example.cart;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.UpdateHandle;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.Runs;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What the pages of a shop call. It holds nothing itself: a customer is known by name, and has one
 * cart at a time. Safe for any number of threads, in any number of processes.
 */
final class Storefront {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WorldClient client;

  Storefront(WorldClient client) {
    this.client = client;
  }

  private static String keyOf(String customer) {
    return "cart of " + customer;
  }

  /**
   * Puts one piece into the cart of a customer, who gets one if there is none.
   *
   * @param click tells one wish from another: sent twice, it counts once
   */
  Run<Receipt> add(String customer, Item item, String click) {
    return client
        .signalOrStart(
            CartWorkflow.TYPE, keyOf(customer), customer, CartWorkflow.ADD, item, o -> o.id(click))
        .run();
  }

  /**
   * Sets how many pieces of an item a customer wants, whether there was a cart before or not.
   *
   * @return what the cart costs now, in cents
   * @throws dev.fantasticfour.world.api.error.UpdateRejectedException when that cannot be had
   */
  long change(String customer, Item item, int pieces) {
    UpdateHandle<Long> asked =
        client.updateOrStart(
            CartWorkflow.TYPE,
            keyOf(customer),
            customer,
            CartWorkflow.CHANGE,
            new Quantity(item, pieces));
    return Objects.requireNonNull(asked.result(PATIENCE));
  }

  /**
   * Sends the cart of a customer to the till; its result is the receipt.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_NOT_FOUND} when there never
   *     was one, {@code RUN_ENDED} when it has come to its end
   */
  Run<Receipt> checkOut(String customer, String address) {
    String run = client.signal(CartWorkflow.CHECK_OUT, CartWorkflow.TYPE, keyOf(customer), address);
    return client.run(CartWorkflow.TYPE, run);
  }

  /** What a cart shows, as soon as it is as wanted. No worker is asked. */
  Contents await(Run<Receipt> cart, Predicate<Contents> wanted) {
    return Objects.requireNonNull(
        client.awaitState(CartWorkflow.CONTENTS, cart, wanted, PATIENCE).value());
  }

  /** The receipt of a cart that ends. */
  Receipt receipt(Run<Receipt> cart) {
    return Objects.requireNonNull(cart.result(PATIENCE));
  }

  /** The newest carts of which something is true: {@code find(TOTAL.atLeast(5000L))}. */
  List<RunRecord> find(AttributeCondition condition) {
    return client
        .runs(Runs.of(CartWorkflow.TYPE).where(condition), PageRequest.newestFirst())
        .items();
  }
}

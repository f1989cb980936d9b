package dev.fantasticfour.world.example.cart;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.UpdateRejectedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunRecord;
import java.io.PrintStream;
import java.time.Duration;
import java.util.UUID;

/**
 * Ada shops and gets a parcel, Bob forgets his cart, and all is printed. An hour lasts a second
 * here, and a day has four of them. With {@code WORKFLOW_STORAGE}, {@code WORKFLOW_QUEUE} and
 * {@code WORKFLOW_STREAMER} set to {@code memory} it needs no server at all.
 */
public final class CartApp {

  private static final Item TEA = new Item("tea", 6_00);
  private static final Item CUP = new Item("cup", 4_50);

  private CartApp() {}

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
    BackOffice office = new SmallOffice(out);
    try (World world = open(config, new CartWorkflow(office, Duration.ofSeconds(1), 4), office)) {
      world.start();
      session(new Storefront(world.client()), out);
    }
  }

  /** All that a process of this shop can execute. */
  static World open(WorldConfig config, CartWorkflow carts, BackOffice office) {
    return World.create(
        config,
        w -> w.register(CartWorkflow.TYPE, carts).register(CartWorkflow.PACK, new Packing(office)));
  }

  private static void session(Storefront shop, PrintStream out) {
    // Customers are new in every process, so that the example may be run again on the same store.
    String day = UUID.randomUUID().toString().substring(0, 8);
    String ada = "ada-" + day;
    String bob = "bob-" + day;

    Run<Receipt> forgotten = shop.add(bob, CUP, "only click");

    Run<Receipt> cart = shop.add(ada, TEA, "first click");
    shop.add(ada, CUP, "second click");
    shop.add(ada, CUP, "second click"); // sent again, since nobody answered: it counts once
    out.println("ada's cart holds " + shop.await(cart, held -> held.pieces() == 2));
    out.println("with 12 of tea it costs " + shop.change(ada, TEA, 12) + " cents");
    try {
      shop.change(ada, TEA, -1);
    } catch (UpdateRejectedException e) {
      out.println("not taken: " + e.failure().message());
    }
    shop.checkOut(ada, "12 St James's Square");
    out.println(shop.receipt(cart));

    out.println(shop.receipt(forgotten));
    for (RunRecord found : shop.find(CartWorkflow.CUSTOMER.is(bob))) {
      long cents = CartWorkflow.TOTAL.from(found.attributes()).orElse(0L);
      out.println("found the " + found.runKey() + ": " + cents + " cents");
    }
  }
}

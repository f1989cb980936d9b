package dev.fantasticfour.world.example.cart;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Sells one cart, and does not come to the end of packing it. */
final class ShopInAnotherJvm {

  /** Said when half of it is packed, before the id of the cart. */
  static final String PACKING = "packing ";

  private ShopInAnotherJvm() {}

  private static final class HalfAnOffice implements BackOffice {

    private final CountDownLatch half = new CountDownLatch(1);

    @Override
    public String remind(String customer, Contents contents, String idempotencyKey) {
      throw new IllegalStateException("nobody is silent here");
    }

    @Override
    public String charge(String customer, long cents, String idempotencyKey) {
      return "paid in the other process, under " + idempotencyKey;
    }

    @Override
    public void pack(Contents.Line line) throws InterruptedException {
      if (line.item().name().equals("cup")) {
        half.countDown();
        new CountDownLatch(1).await();
      }
    }
  }

  /** Ends when it is killed, or when whoever started it has ended. */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    HalfAnOffice office = new HalfAnOffice();
    CartWorkflow carts = new CartWorkflow(office, Duration.ofHours(1), 24);
    World world = CartApp.open(WorldConfig.fromEnvironment(), carts, office);
    world.start();
    Storefront shop = new Storefront(world.client());
    shop.add("ada", new Item("tea", 6_00), "1");
    shop.add("ada", new Item("cup", 4_50), "2");
    Run<Receipt> cart = shop.checkOut("ada", "St James's Square");
    office.half.await();
    System.out.println(PACKING + cart.id());
    int end = System.in.read();
    System.exit(end);
  }
}

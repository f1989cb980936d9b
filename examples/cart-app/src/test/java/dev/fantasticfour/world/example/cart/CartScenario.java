package dev.fantasticfour.world.example.cart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of carts in time: silence, shops that close, shops that are changed. */
abstract class CartScenario extends ShoppingScenario {

  /** This shop as it was released first: nobody had thought of a discount. */
  private static final class FirstRelease extends CartWorkflow {

    FirstRelease(BackOffice office) {
      super(office, HOUR, 24);
    }

    @Override
    boolean givesDiscount(WorkflowContext ctx) {
      return false;
    }
  }

  @Test
  void whoIsSilentIsRemindedAndThenGivenUp() {
    try (World world = opened(Duration.ofMillis(50), 3)) {
      Storefront shop = new Storefront(world.client());

      Receipt receipt = shop.receipt(shop.add("ada", TEA, "1"));

      assertThat(receipt.contents()).hasToString("1 x tea for 6.00 (ABANDONED)");
      assertThat(receipt.payment()).isNull();
      assertThat(office.reminded).containsExactly("ada");
      assertThat(office.charged).isEmpty();
    }
  }

  @Test
  void whoComesBackIsRemindedAnew() {
    try (World world = opened(Duration.ofMillis(50), 1_000_000)) {
      Storefront shop = new Storefront(world.client());
      Run<Receipt> cart = shop.add("ada", TEA, "1");
      shop.await(cart, held -> held.status() == Status.REMINDED);
      shop.add("ada", CUP, "2");
      shop.await(cart, held -> held.pieces() == 2 && held.status() == Status.REMINDED);

      shop.checkOut("ada", "St James's Square");

      assertThat(shop.receipt(cart).contents().status()).isEqualTo(Status.SENT);
      assertThat(office.reminded).containsExactly("ada", "ada");
    }
  }

  @Test
  void aShopThatClosesInTheMiddleLeavesTheRestToTheNext() throws Exception {
    office.stopAt(CUP);
    NotedOffice next = new NotedOffice();
    Run<Receipt> cart;
    try (World world = opened()) {
      Storefront shop = new Storefront(world.client());
      List.of(TEA, CUP, JAM).forEach(item -> shop.add("ada", item, item.name()));
      cart = shop.checkOut("ada", "St James's Square");
      office.awaitStop();
      world.close(Duration.ZERO);
    }
    try (World world = opened(new CartWorkflow(next, HOUR, 24), next)) {
      Run<Receipt> same = world.client().run(CartWorkflow.TYPE, cart.id());
      assertThat(new Storefront(world.client()).receipt(same).contents().pieces()).isEqualTo(3);
    }
    assertThat(office.charged).containsExactly(13_70L);
    assertThat(next.charged).isEmpty();
    assertThat(office.packed).containsExactly("1 x tea");
    assertThat(next.packed).endsWith("1 x cup", "1 x jam");
  }

  @Test
  void aCartThatBeganBeforeTheDiscountKeepsItsPrice() {
    try (World world = opened(new FirstRelease(office), office)) {
      Storefront shop = new Storefront(world.client());
      assertThat(shop.change("ada", TEA, 10)).isEqualTo(60_00);
    }
    try (World world = opened()) {
      Storefront shop = new Storefront(world.client());
      assertThat(shop.change("ada", TEA, 20)).isEqualTo(120_00);
      assertThat(shop.change("bob", TEA, 20)).isEqualTo(108_00);
      for (String customer : List.of("ada", "bob")) {
        assertThat(shop.receipt(shop.checkOut(customer, "home")).contents().pieces()).isEqualTo(20);
      }
      assertThat(office.charged).containsExactly(120_00L, 108_00L);
    }
  }
}

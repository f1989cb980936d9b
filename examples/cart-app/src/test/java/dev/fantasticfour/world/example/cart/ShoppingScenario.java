package dev.fantasticfour.world.example.cart;

import static dev.fantasticfour.world.example.cart.CartWorkflow.CONTENTS;
import static dev.fantasticfour.world.example.cart.CartWorkflow.CUSTOMER;
import static dev.fantasticfour.world.example.cart.CartWorkflow.STATUS;
import static dev.fantasticfour.world.example.cart.CartWorkflow.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.PublishedState;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.error.UpdateRejectedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a customer does, whatever the shop keeps its carts in. */
abstract class ShoppingScenario extends OneStore {

  @Test
  void aCustomerShopsThinksAgainAndGetsAParcel() {
    try (World world = opened()) {
      Storefront shop = new Storefront(world.client());
      Run<Receipt> cart = shop.add("ada", TEA, "1");
      shop.add("ada", CUP, "2");
      shop.add("ada", CUP, "2");
      assertThat(shop.await(cart, held -> held.pieces() == 2).cents()).isEqualTo(10_50);
      assertThat(shop.change("ada", TEA, 3)).isEqualTo(22_50);
      assertThat(shop.change("ada", CUP, 0)).isEqualTo(18_00);

      assertThat(shop.checkOut("ada", "St James's Square").id()).isEqualTo(cart.id());

      Receipt receipt = shop.receipt(cart);
      assertThat(receipt.contents()).hasToString("3 x tea for 18.00 (SENT)");
      assertThat(receipt.parcel()).isEqualTo("parcel to St James's Square");
      assertThat(office.charged).containsExactly(18_00L);
      assertThat(office.packed).containsExactly("3 x tea");
      assertThat(shop.await(cart, held -> true)).isEqualTo(receipt.contents());
    }
  }

  @Test
  void fiftySendersAtOnceMakeOneCartWithFiftyItems() throws Exception {
    try (World world = opened();
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      Storefront shop = new Storefront(world.client());
      List<Callable<String>> clicks =
          IntStream.range(0, 50)
              .<Callable<String>>mapToObj(i -> () -> shop.add("ada", TEA, "click " + i).id())
              .toList();

      List<Future<String>> carts = senders.invokeAll(clicks);

      String cart = carts.get(0).get();
      assertThat(carts).allSatisfy(each -> assertThat(each.get()).isEqualTo(cart));
      Run<Receipt> run = world.client().run(CartWorkflow.TYPE, cart);
      assertThat(shop.await(run, held -> held.pieces() == 50).lines()).hasSize(1);
    }
  }

  @Test
  void aBadQuantityIsRejectedAndChangesNothing() {
    try (World world = opened()) {
      Storefront shop = new Storefront(world.client());
      Run<Receipt> cart = shop.add("ada", TEA, "1");
      shop.await(cart, held -> held.pieces() == 1);
      Optional<PublishedState<Contents>> before = world.client().state(CONTENTS, cart);

      for (int bad : List.of(-1, 100)) {
        assertThatExceptionOfType(UpdateRejectedException.class)
            .isThrownBy(() -> shop.change("ada", TEA, bad))
            .satisfies(e -> assertThat(e.failure().message()).endsWith("can be had, not " + bad));
      }

      assertThat(world.client().state(CONTENTS, cart)).isEqualTo(before);
    }
  }

  @Test
  void packingGoesOnAtTheLineThatFailed() {
    office.failOnceAt(CUP);
    try (World world = opened()) {
      Storefront shop = new Storefront(world.client());
      List.of(TEA, CUP, JAM).forEach(item -> shop.add("ada", item, item.name()));

      Receipt receipt = shop.receipt(shop.checkOut("ada", "St James's Square"));

      assertThat(receipt.contents().pieces()).isEqualTo(3);
      assertThat(office.packed).containsExactly("1 x tea", "1 x cup", "1 x jam");
    }
  }

  @Test
  void cartsAreFoundByCustomerTotalAndStatus() {
    try (World world = opened()) {
      Storefront shop = new Storefront(world.client());
      shop.change("ada", TEA, 2);
      shop.change("bob", TEA, 5);
      shop.change("eve", CUP, 1);
      shop.receipt(shop.checkOut("eve", "home"));

      assertThat(found(shop, CUSTOMER.is("ada"))).containsExactly("ada");
      assertThat(found(shop, TOTAL.atLeast(12_00L))).containsExactlyInAnyOrder("ada", "bob");
      assertThat(found(shop, TOTAL.between(4_00L, 12_00L))).containsExactlyInAnyOrder("ada", "eve");
      assertThat(found(shop, STATUS.is(Status.SENT.name()))).containsExactly("eve");
    }
  }

  private static List<String> found(Storefront shop, AttributeCondition condition) {
    return shop.find(condition).stream()
        .map(run -> CUSTOMER.from(run.attributes()).orElseThrow())
        .toList();
  }
}

package dev.fantasticfour.world.example.cart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.test.StepCall;
import dev.fantasticfour.world.test.TestWorld;
import dev.fantasticfour.world.test.WorldTest;
import dev.fantasticfour.world.test.rules.WorkflowRules;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Carts in a time of their own, in which an hour is an hour. */
class CartThroughADayTest {

  private static final Item TEA = new Item("tea", 6_00);
  private static final Item CUP = new Item("cup", 4_50);

  private final NotedOffice office = new NotedOffice();

  private Storefront opened(TestWorld w) {
    w.register(CartWorkflow.TYPE, new CartWorkflow(office, Duration.ofHours(1), 24))
        .register(CartWorkflow.PACK, new Packing(office));
    return new Storefront(w.client());
  }

  @WorldTest
  void whatIsInTheCartIsChargedAndPacked(TestWorld w) {
    office.failOnceAt(CUP);
    Storefront shop = opened(w);
    Run<Receipt> cart = shop.add("ada", TEA, "1");
    shop.add("ada", CUP, "2");
    assertThat(shop.change("ada", TEA, 12)).isEqualTo(68_85);
    shop.checkOut("ada", "St James's Square");

    assertThat(w.result(cart)).extracting(Receipt::parcel).isEqualTo("parcel to St James's Square");

    assertThat(office.charged).containsExactly(68_85L);
    assertThat(office.packed).as("goes on at the cup").containsExactly("12 x tea", "1 x cup");
    w.check();
  }

  @WorldTest
  void whoIsSilentForAnHourIsRemindedAndForADayIsGivenUp(TestWorld w) {
    Storefront shop = opened(w);
    Run<Receipt> cart = shop.add("ada", TEA, "1");
    w.advance(Duration.ofHours(2).minusSeconds(1)); // in the first hour there was the tea
    assertThat(office.reminded).isEmpty();
    w.advance(Duration.ofSeconds(1));
    assertThat(office.reminded).containsExactly("ada");
    w.advance(Duration.ofHours(23).minusSeconds(1));
    assertThat(shop.await(cart, held -> true).status()).isEqualTo(Status.REMINDED);
    w.advance(Duration.ofSeconds(1));

    assertThat(w.result(cart))
        .extracting(receipt -> receipt.contents().status())
        .isEqualTo(Status.ABANDONED);

    assertThat(office.charged).isEmpty();
    w.check();
  }

  @WorldTest
  void whoComesBackInTheEveningIsRemindedAnew(TestWorld w) {
    Storefront shop = opened(w);
    Run<Receipt> cart = shop.add("ada", TEA, "1");
    w.advance(Duration.ofHours(20));
    shop.add("ada", CUP, "2");
    w.advance(Duration.ofHours(20));
    assertThat(office.reminded).containsExactly("ada", "ada");
    assertThat(w.waitingFor(cart).isNothing()).isFalse();
  }

  @WorldTest
  void aPackerThatSaysNothingForAMinuteIsGivenUp(TestWorld w) {
    Storefront shop = opened(w);
    w.step(CartWorkflow.PACK).hangs().thenReturns("parcel-2");
    Run<Receipt> cart = shop.add("ada", TEA, "1");
    shop.checkOut("ada", "St James's Square");

    assertThat(w.result(cart)).extracting(Receipt::parcel).isEqualTo("parcel-2");

    assertThat(w.calls(CartWorkflow.PACK)).extracting(StepCall::attempt).containsExactly(1, 2);
  }

  @Test
  void theCodeOfTheWorkflowDoesTheSameInEveryReplay() {
    WorkflowRules.check("dev.fantasticfour.world.example.cart");
  }
}

package dev.fantasticfour.world.example.cart;

import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.workflow.Inbox;
import dev.fantasticfour.world.api.workflow.Received;
import dev.fantasticfour.world.api.workflow.Scope;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.time.Duration;

/**
 * The life of a cart. It takes items and changes until the customer checks out, reminds who is
 * silent, and gives up who stays silent. Waiting costs nothing, for however many carts.
 *
 * <p>Items that are added after the checkout stay unread: {@code unread_signals} of the run.
 */
public class CartWorkflow implements Workflow<String, Receipt> {

  /** One run is one cart; it begins with the name of a customer. */
  public static final WorkflowType<String, Receipt> TYPE =
      WorkflowType.of("cart", String.class, Receipt.class);

  /** One more piece of an item: nobody waits for an answer. */
  public static final SignalType<Item> ADD = SignalType.of("add", Item.class);

  /** The customer is done; says where the parcel goes. */
  public static final SignalType<String> CHECK_OUT = SignalType.of("check-out", String.class);

  /** That many pieces of an item, neither more nor fewer; answered by the new total. */
  public static final UpdateType<Quantity, Long> CHANGE =
      UpdateType.of("change", Quantity.class, Long.class);

  /** What the cart holds, to be read at any time. */
  public static final StateType<Contents> CONTENTS = StateType.of("contents", Contents.class);

  /** By what a cart is found: whose it is, what it costs in cents, the name of its status. */
  public static final AttributeKey<String> CUSTOMER = AttributeKey.keyword("customer");

  public static final AttributeKey<Long> TOTAL = AttributeKey.number("total");
  public static final AttributeKey<String> STATUS = AttributeKey.keyword("status");

  /** Done by any worker of the shop; one that says nothing for a minute is given up. */
  public static final StepType<Parcel, String> PACK =
      StepType.of("pack", Parcel.class, String.class)
          .heartbeatTimeout(Duration.ofMinutes(1))
          .queued();

  private final BackOffice office;
  private final Duration hour;
  private final int patience;

  /**
   * @param hour how long nothing is heard until it counts as silence; an hour, but in tests
   * @param patience after how many of them in a row the cart is given up
   */
  CartWorkflow(BackOffice office, Duration hour, int patience) {
    this.office = office;
    this.hour = hour;
    this.patience = patience;
  }

  @Override
  public Receipt run(WorkflowContext ctx, String customer) {
    Cart cart = new Cart(givesDiscount(ctx));
    ctx.set(CUSTOMER, customer);
    show(ctx, cart);
    ctx.onUpdate(
        CHANGE,
        cart::check,
        (branch, wanted) -> {
          cart.change(wanted);
          show(branch, cart);
          return cart.cents();
        });
    Received<String> address;
    try (Scope scope = ctx.scope()) {
      scope.fork(branch -> fill(branch, cart));
      address = awaitCheckOut(ctx, customer, cart);
      cart.become(address.isPresent() ? Status.CHECKED_OUT : Status.ABANDONED);
    }
    Contents held = show(ctx, cart);
    if (address.isEmpty()) {
      return new Receipt(held, null, null);
    }
    String payment =
        ctx.step(
            "charge", String.class, s -> office.charge(customer, held.cents(), s.idempotencyKey()));
    String parcel = ctx.step(PACK, new Parcel(address.get(), held.lines()));
    cart.become(Status.SENT);
    return new Receipt(show(ctx, cart), payment, parcel);
  }

  /**
   * Much costs less since the second release of this shop. Who began a cart before was told another
   * price, and keeps it: asked for at the beginning, the change is new to new carts only.
   */
  boolean givesDiscount(WorkflowContext ctx) {
    return ctx.changed("discount-for-much");
  }

  /** Goes on until the scope around it ends. */
  private static Void fill(WorkflowContext ctx, Cart cart) {
    Inbox<Item> added = ctx.signals(ADD);
    while (true) {
      cart.add(added.await());
      show(ctx, cart);
    }
  }

  /** An address; or nothing when the customer was silent for too long. */
  private Received<String> awaitCheckOut(WorkflowContext ctx, String customer, Cart cart) {
    Inbox<String> addresses = ctx.signals(CHECK_OUT);
    int wishes = cart.wishes();
    int silentHours = 0;
    while (silentHours < patience) {
      Received<String> address = addresses.await(hour);
      if (address.isPresent() && !cart.isEmpty()) {
        return address;
      }
      silentHours = address.isEmpty() && cart.wishes() == wishes ? silentHours + 1 : 0;
      wishes = cart.wishes();
      if (silentHours == 1 && !cart.isEmpty()) {
        remind(ctx, customer, cart);
      }
    }
    return new Received.Nothing<>();
  }

  private void remind(WorkflowContext ctx, String customer, Cart cart) {
    cart.become(Status.REMINDED);
    Contents left = show(ctx, cart);
    ctx.step("remind", String.class, s -> office.remind(customer, left, s.idempotencyKey()));
  }

  /** Costs no commit of its own: it is written with what the turn writes anyway. */
  private static Contents show(WorkflowContext ctx, Cart cart) {
    Contents contents = cart.contents();
    ctx.publish(CONTENTS, contents);
    ctx.set(TOTAL, contents.cents());
    ctx.set(STATUS, contents.status().name());
    return contents;
  }
}

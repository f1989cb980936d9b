package dev.fantasticfour.world.example.fulfilment;

import static dev.fantasticfour.world.example.fulfilment.OrderWorkflow.CUSTOMER;
import static dev.fantasticfour.world.example.fulfilment.OrderWorkflow.STATUS;
import static dev.fantasticfour.world.example.fulfilment.OrderWorkflow.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.Runs;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of orders, whatever they are kept in. */
abstract class FulfilmentScenario extends OneStore {

  private static final Order SMALL =
      new Order("o1", "Ada", 42_00, List.of("globe", "atlas", "map"));
  private static final Order LARGE = new Order("o2", "Grace", 1_200_00, List.of("orrery"));

  @Test
  void anOrderIsShippedParcelByParcel() {
    try (World world = opened()) {
      OrderDesk desk = new OrderDesk(world.client());
      Run<Receipt> run = desk.take(SMALL);

      Receipt receipt = desk.receipt(run);

      assertThat(receipt.status()).isEqualTo(Status.SHIPPED);
      assertThat(receipt.payment()).isEqualTo("charge o1");
      assertThat(receipt.tracking()).containsExactly("book globe", "book atlas", "book map");
      assertThat(desk.parcels(run))
          .hasSize(3)
          .allMatch(parcel -> parcel.status() == ChildStatus.COMPLETED);
      assertThat(work.done)
          .startsWith("reserve o1", "charge o1")
          .contains("collect o1/globe", "collect o1/atlas", "collect o1/map")
          .hasSize(8);
      assertThat(desk.take(SMALL).id()).as("taken twice").isEqualTo(run.id());
    }
  }

  @Test
  void twoParcelsAtMostAreOnTheirWayAtOnce() {
    try (World world = opened()) {
      OrderDesk desk = new OrderDesk(world.client());
      List<String> many = IntStream.range(0, 9).mapToObj(i -> "parcel " + i).toList();

      Receipt receipt = desk.receipt(desk.take(new Order("o1", "Ada", 1_00, many)));

      assertThat(receipt.tracking()).hasSize(9);
      int going = 0;
      for (String each : work.done) {
        going += each.startsWith("book") ? 1 : each.startsWith("collect") ? -1 : 0;
        assertThat(going).isLessThanOrEqualTo(2);
      }
    }
  }

  @Test
  void aLargeOrderIsShippedWhenSomebodySaysYes() {
    try (World world = opened()) {
      OrderDesk desk = new OrderDesk(world.client());
      Run<Receipt> run = desk.take(LARGE);

      desk.answer(run, new Approval(true, "Alan"));

      assertThat(desk.receipt(run).status()).isEqualTo(Status.SHIPPED);
    }
  }

  @Test
  void aLargeOrderThatSomebodySaysNoToIsNotCharged() {
    try (World world = opened()) {
      OrderDesk desk = new OrderDesk(world.client());
      Run<Receipt> run = desk.take(LARGE);

      desk.answer(run, new Approval(false, "Alan"));

      assertThat(desk.receipt(run).status()).isEqualTo(Status.REJECTED);
      assertThat(work.done).containsExactly("reserve o2", "release o2");
    }
  }

  @Test
  void aLargeOrderThatNobodyAnswersForIsGivenUp() {
    try (World world = opened(work, Duration.ofMillis(50), AT_ONCE)) {
      OrderDesk desk = new OrderDesk(world.client());

      Receipt receipt = desk.receipt(desk.take(LARGE));

      assertThat(receipt.status()).isEqualTo(Status.REJECTED);
      assertThat(work.done).containsExactly("reserve o2", "release o2");
    }
  }

  @Test
  void aParcelThatNobodyBringsUndoesAllOfTheOrder() {
    work.refuse("atlas");
    try (World world = opened(work, DAYS, DAYS)) {
      OrderDesk desk = new OrderDesk(world.client());
      Run<Receipt> run = desk.take(SMALL);

      Receipt receipt = desk.receipt(run);

      assertThat(receipt.status()).isEqualTo(Status.UNDELIVERABLE);
      assertThat(receipt.reason()).contains("nobody brings atlas");
      assertThat(work.done).endsWith("recall o1", "refund o1", "release o1");
      assertThat(desk.parcels(run).stream().map(ChildRecord::status))
          .containsExactly(ChildStatus.CANCELLED, ChildStatus.FAILED);
      if (work.done.contains("book globe")) {
        assertThat(work.done).containsSubsequence("book globe", "cancel o1/globe", "recall o1");
      }
    }
  }

  @Test
  void anOrderThatIsCalledOffGivesEverythingBackTheParcelsFirst() throws Exception {
    work.holdAt("collect o1/atlas");
    try (World world = opened()) {
      OrderDesk desk = new OrderDesk(world.client());
      Run<Receipt> run = desk.take(SMALL);
      work.awaitHeld("collect o1/atlas");

      run.cancel("Ada has thought again");

      assertThatExceptionOfType(RunCancelledException.class).isThrownBy(() -> desk.receipt(run));
      assertThat(work.done)
          .containsSubsequence("cancel o1/atlas", "recall o1", "refund o1", "release o1")
          .doesNotContain("collect o1/atlas");
    }
  }

  @Test
  void ordersAreFoundByWhatTheyAreAndParcelsByTheirOrder() {
    try (World world = opened()) {
      OrderDesk desk = new OrderDesk(world.client());
      Run<Receipt> small = desk.take(SMALL);
      desk.receipt(small);
      Run<Receipt> large = desk.take(LARGE);
      large.awaitHook(OrderWorkflow.APPROVAL, Duration.ofSeconds(30));

      assertThat(found(desk, CUSTOMER.is("Ada"))).containsExactly("o1");
      assertThat(found(desk, TOTAL.atLeast(1_000_00L))).containsExactly("o2");
      assertThat(found(desk, STATUS.is(Status.AWAITS_APPROVAL.name()))).containsExactly("o2");
      List<RunRecord> parcels =
          world
              .client()
              .runs(Runs.treeOf(new RunId(small.id())), PageRequest.oldestFirst())
              .items();
      assertThat(parcels)
          .hasSize(3)
          .allMatch(parcel -> CUSTOMER.from(parcel.attributes()).orElseThrow().equals("Ada"));
    }
  }

  private static List<String> found(OrderDesk desk, AttributeCondition condition) {
    return desk.find(condition).stream().map(RunRecord::runKey).toList();
  }

  @Test
  void aHouseThatClosesInTheMiddleLeavesTheRestToTheNext() throws Exception {
    work.holdAt("book map");
    NotedWork next = new NotedWork();
    Run<Receipt> run;
    try (World world = opened()) {
      run = new OrderDesk(world.client()).take(SMALL);
      work.awaitHeld("book map");
      world.close(Duration.ZERO);
    }
    try (World world = opened(next, DAYS, AT_ONCE)) {
      Run<Receipt> same = world.client().run(OrderWorkflow.TYPE, run.id());

      Receipt receipt = new OrderDesk(world.client()).receipt(same);

      assertThat(receipt.status()).isEqualTo(Status.SHIPPED);
      assertThat(receipt.tracking()).hasSize(3);
    }
    assertThat(work.done).containsOnlyOnce("reserve o1", "charge o1");
    // The other parcels were wherever they were: the next house may have had to finish those, too.
    assertThat(next.done)
        .containsSubsequence("book map", "collect o1/map")
        .doesNotContain("charge o1");
  }
}

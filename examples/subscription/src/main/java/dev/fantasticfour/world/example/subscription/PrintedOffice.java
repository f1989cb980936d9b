package dev.fantasticfour.world.example.subscription;

import java.io.PrintStream;

/** A bank and a post that print what they are asked for. Expired cards are refused. */
final class PrintedOffice implements BackOffice {

  private final PrintStream out;

  PrintedOffice(PrintStream out) {
    this.out = out;
  }

  @Override
  public Answer charge(Bill bill, String idempotencyKey) {
    if (bill.card().contains("expired")) {
      return Answer.refused("the card has expired");
    }
    out.println(
        "  charged %s %d cents for period %d"
            .formatted(bill.subscriber(), bill.cents(), bill.period()));
    return Answer.paid("payment " + idempotencyKey);
  }

  @Override
  public String remind(Bill bill, String refusal, String idempotencyKey) {
    out.println("  dear " + bill.subscriber() + ", " + refusal);
    return "letter " + idempotencyKey;
  }
}

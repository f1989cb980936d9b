package dev.fantasticfour.world.example.cart;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;

/** One person and a roll of tape, which ends when the second line is to be packed. */
final class SmallOffice implements BackOffice {

  private final PrintStream out;
  private final AtomicInteger tries = new AtomicInteger();

  SmallOffice(PrintStream out) {
    this.out = out;
  }

  @Override
  public String remind(String customer, Contents contents, String idempotencyKey) {
    out.println("dear " + customer + ", you left something behind: " + contents);
    return "letter-" + idempotencyKey;
  }

  @Override
  public String charge(String customer, long cents, String idempotencyKey) {
    out.println("charged " + customer + " " + cents + " cents");
    return "payment-" + idempotencyKey;
  }

  @Override
  public void pack(Contents.Line line) throws IOException {
    if (tries.incrementAndGet() == 2) {
      out.println("out of tape");
      throw new IOException("out of tape");
    }
    out.println("packed " + line);
  }
}

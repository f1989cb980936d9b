package dev.fantasticfour.world.example.agent;

import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pays back what an order has cost, which no model is trusted with alone. A real one would keep its
 * keys where they outlive the process.
 */
final class RefundTool implements Tool {

  private final PrintStream out;
  private final Set<String> paid = ConcurrentHashMap.newKeySet();

  RefundTool(PrintStream out) {
    this.out = out;
  }

  @Override
  public String name() {
    return "refund";
  }

  @Override
  public boolean isDangerous() {
    return true;
  }

  @Override
  public String use(String order, String idempotencyKey) {
    if (paid.add(idempotencyKey)) {
      out.println("  [paid back " + order + "]");
    }
    return order + " is paid back";
  }
}

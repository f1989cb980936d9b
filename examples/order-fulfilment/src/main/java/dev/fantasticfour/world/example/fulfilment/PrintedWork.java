package dev.fantasticfour.world.example.fulfilment;

import dev.fantasticfour.world.api.error.FatalException;
import java.io.PrintStream;

/** An office and a carrier that print what they are asked for. Nobody goes to the moon. */
final class PrintedWork implements BackOffice, Carrier {

  private final PrintStream out;

  PrintedWork(PrintStream out) {
    this.out = out;
  }

  private String noted(String what) {
    out.println("  " + what);
    return what;
  }

  @Override
  public String reserve(Order order) {
    return noted("reserved stock for " + order.id());
  }

  @Override
  public String release(String order) {
    return noted("released the stock of " + order);
  }

  @Override
  public String charge(Order order) {
    noted("charged " + order.customer() + " " + order.cents() + " cents");
    return "payment of " + order.id();
  }

  @Override
  public String refund(String order) {
    return noted("refunded " + order);
  }

  @Override
  public String book(Shipment shipment) {
    if (shipment.contents().contains("moon")) {
      throw new FatalException("nobody brings " + shipment.contents());
    }
    noted("booked a place for " + shipment.parcel());
    return "tracking of " + shipment.parcel();
  }

  @Override
  public String cancel(String parcel) {
    return noted("cancelled the place of " + parcel);
  }

  @Override
  public String collect(String parcel) {
    return noted("collected " + parcel);
  }

  @Override
  public String recall(String order) {
    return noted("recalled what was collected of " + order);
  }
}

package dev.fantasticfour.world.example.cart;

import java.util.List;

/** What has to be packed, and where it goes. */
public record Parcel(String address, List<Contents.Line> lines) {

  public Parcel {
    lines = List.copyOf(lines);
  }
}

package dev.fantasticfour.world.embedded;

import java.util.UUID;

/** Names of databases that nobody else has. */
final class FreshName {
  private FreshName() {}

  static String next() {
    return "world_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  }
}

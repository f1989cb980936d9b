package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.attribute.AttributeOrder;

/** An index that a store has only when somebody asked for it, since every run would pay for it. */
public sealed interface RunIndex {

  /** What an operator types to have it. */
  String command();

  /** By an attribute of one order. */
  record OfAttribute(String key, AttributeOrder order) implements RunIndex {
    @Override
    public String command() {
      return "world attributes index " + key + " --" + order.word();
    }
  }

  /** By when runs ended. */
  record OfEnd() implements RunIndex {
    @Override
    public String command() {
      return "world attributes index --ended";
    }
  }
}

package dev.fantasticfour.world.test.rules;

/** What is known of a value on the operand stack or in a variable. */
sealed interface Value {

  /** Nothing is known of it. */
  Value PLAIN = new Plain(false);

  /** The same of a long or a double, which some instructions count twice. */
  Value WIDE = new Plain(true);

  /** Whether it is a long or a double. */
  default boolean isWide() {
    return false;
  }

  /** Nothing is known of it but its size. */
  record Plain(boolean isWide) implements Value {}

  /** What the method was given, by place among its arguments from 0, the receiver not counted. */
  record Argument(int index) implements Value {}

  /** What a field holds. */
  record OfField(String owner, String name, String descriptor, boolean isStatic) implements Value {}

  /**
   * A collection without an order of its own, or something that goes through one.
   *
   * @param of what it is made of, for people
   */
  record Unordered(String of) implements Value {}

  /**
   * A lambda or a reference to a method.
   *
   * @param kind the interface that it implements
   * @param method the method of that interface
   * @param signature of that method, with the types that are meant here
   * @param opcode by which its code is called
   * @param owner of its code
   * @param name of its code
   * @param descriptor of its code
   */
  record Function(
      String kind,
      String method,
      String signature,
      int opcode,
      String owner,
      String name,
      String descriptor)
      implements Value {}
}

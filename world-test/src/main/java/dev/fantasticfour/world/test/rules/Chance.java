package dev.fantasticfour.world.test.rules;

import java.util.Optional;
import java.util.Set;

/**
 * Knows the calls that ask for chance. A generator that is given its seed says the same every time,
 * as far as anybody can see here where the seed is from.
 */
final class Chance {

  private static final Set<String> GENERATORS =
      Set.of(
          "Ljava/util/Random;",
          "Ljava/util/SplittableRandom;",
          "Ljava/util/random/RandomGenerator;",
          "Ljava/security/SecureRandom;");

  private Chance() {}

  static Optional<Remark> remark(Instruction.Call call, String owner) {
    String name = call.name();
    boolean bare = call.isBare();
    return switch (owner) {
      case "java/lang/Math", "java/lang/StrictMath" -> when(name.equals("random"), Remark.CHANCE);
      case "java/util/Random", "java/util/SplittableRandom" ->
          when(call.isNew() && bare, Remark.CHANCE);
      case "java/util/concurrent/ThreadLocalRandom" -> Optional.of(Remark.CHANCE);
      case "java/util/random/RandomGenerator" ->
          when(name.equals("getDefault") || name.equals("of"), Remark.CHANCE);
      case "java/util/random/RandomGeneratorFactory" ->
          when(name.equals("create") && bare, Remark.CHANCE);
      case "java/security/SecureRandom" -> Optional.of(Remark.SECRET);
      case "java/util/UUID" -> when(name.equals("randomUUID"), Remark.UUID);
      case "java/util/Collections" ->
          when(
              name.equals("shuffle") && call.descriptor().startsWith("(Ljava/util/List;)"),
              Remark.SHUFFLE);
      case "java/lang/System" -> when(name.equals("identityHashCode"), Remark.CHANCE);
      default -> Optional.empty();
    };
  }

  /** Whether a field holds a generator. */
  static boolean isGenerator(Value.OfField field) {
    return GENERATORS.contains(field.descriptor());
  }

  private static Optional<Remark> when(boolean condition, Remark remark) {
    return condition ? Optional.of(remark) : Optional.empty();
  }
}

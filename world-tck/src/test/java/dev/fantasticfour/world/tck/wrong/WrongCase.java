package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.tck.Harness;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A world that is wrong in one way, and what the kit must say about it.
 *
 * @param name what is wrong, as a sentence
 * @param port the port that it implements wrongly
 * @param opening a fresh harness over a fresh store
 * @param rule the rule that it breaks
 * @param also rules that cannot be kept when that one is broken so; {@code oracle} for what is
 *     found when a test is over
 */
public record WrongCase(
    String name,
    Class<?> port,
    Supplier<? extends Harness<?>> opening,
    String rule,
    Set<String> also) {

  /** All that it breaks. */
  public Set<String> broken() {
    return Stream.concat(Stream.of(rule), also.stream()).collect(Collectors.toSet());
  }

  static Set<String> words(String list) {
    return list.isEmpty() ? Set.of() : Set.of(list.split(" "));
  }

  @Override
  public String toString() {
    return port.getSimpleName() + ": " + name + ", " + rule;
  }
}

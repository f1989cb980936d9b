package dev.fantasticfour.world.test.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Knows the calls that ask the machine for time, chance, threads, or anything outside. */
final class Machine {

  /** Of a call, and of the class of a library that it gets to, what is to be said. */
  private static final List<BiFunction<Instruction.Call, String, Optional<Remark>>> SUBJECTS =
      List.of(
          (call, owner) -> time(call, owner) ? Optional.of(Remark.TIME) : Optional.empty(),
          Chance::remark,
          Threads::remark,
          Outside::remark);

  private static final Set<String> TICKS = Set.of("tickMillis", "tickSeconds", "tickMinutes");

  private Machine() {}

  /**
   * What there is to say about a call.
   *
   * @param owner whose method it is: of a class of the application, the library it descends from
   */
  static Optional<Remark> remark(Instruction.Call call, String owner) {
    return SUBJECTS.stream().flatMap(subject -> subject.apply(call, owner).stream()).findFirst();
  }

  /** Whoever is given a clock has the time of that, which may be one that stands. */
  private static boolean time(Instruction.Call call, String owner) {
    String name = call.name();
    return switch (owner) {
      case "java/lang/System" -> name.equals("currentTimeMillis") || name.equals("nanoTime");
      case "java/time/Clock", "java/time/InstantSource" ->
          name.startsWith("system") || TICKS.contains(name);
      case "java/util/Date" -> call.isNew() && call.isBare();
      case "java/util/Calendar" -> name.equals("getInstance");
      case "java/util/GregorianCalendar" -> call.isNew() && !call.descriptor().startsWith("(III");
      default ->
          owner.startsWith("java/time/")
              && name.equals("now")
              && !call.descriptor().contains("Ljava/time/Clock;");
    };
  }
}

package dev.fantasticfour.world.cli.arch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.fantasticfour.world.core.port.Announcements;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.RunLog;
import dev.fantasticfour.world.core.port.RunViews;
import dev.fantasticfour.world.core.port.StreamArchive;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rooms of core: who calls whom. */
final class EngineArchTest {

  /** Rooms whose code may be run anywhere, at any time, any number of times. */
  private static final String[] PURE = {House.RULES, House.W + ".core.engine.history.."};

  /** Who calls whom. A new edge is a decision: write it down here. */
  private static final Map<String, Set<String>> EDGES =
      Map.ofEntries(
          Map.entry("append", Set.of("time")),
          Map.entry("client", Set.of("append", "codec", "fold", "node", "stream", "time")),
          Map.entry("codec", Set.of()),
          Map.entry("coroutine", Set.of()),
          Map.entry("fold", Set.of("time")),
          Map.entry("history", Set.of()),
          Map.entry(
              "node",
              Set.of(
                  "append",
                  "codec",
                  "coroutine",
                  "fold",
                  "program",
                  "run",
                  "step",
                  "stream",
                  "time",
                  "turn")),
          Map.entry("program", Set.of("codec", "coroutine", "history")),
          Map.entry("queued", Set.of("append", "codec", "node", "program", "step", "time", "turn")),
          Map.entry("run", Set.of("codec", "coroutine", "program", "turn")),
          Map.entry("step", Set.of("codec", "program", "run", "stream", "time", "turn")),
          Map.entry("stream", Set.of("codec", "fold", "time")),
          Map.entry("turn", Set.of("codec", "coroutine", "history", "program")));

  @Test
  void theRoomsOfTheEngineFormNoCircle() {
    slices()
        .matching(House.W + ".core.engine.(*)..")
        .should()
        .beFreeOfCycles()
        .check(House.classes());
  }

  /** Whoever reads a class needs to know nothing of those that use it. */
  @ParameterizedTest
  @ValueSource(strings = {"engine", "memory", "rules"})
  void noArrowBetweenTheClassesOfARoomRunsBack(String room) {
    slices()
        .assignedFrom(new TopLevelClasses(House.W + ".core." + room + "."))
        .should()
        .beFreeOfCycles()
        .check(House.classes());
  }

  /** Each class with what is nested in it. */
  private record TopLevelClasses(String below) implements SliceAssignment {

    @Override
    public String getDescription() {
      return "classes below " + below;
    }

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getName().startsWith(below)
          ? SliceIdentifier.of(type.getName().split("\\$", 2)[0])
          : SliceIdentifier.ignore();
    }
  }

  @Test
  void theEdgesBetweenTheRoomsOfTheEngineAreThoseThatAreWrittenDown() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass from : House.classes()) {
      String room = room(from);
      if (!room.isEmpty()) {
        from.getDirectDependenciesFromSelf().stream()
            .map(dependency -> room(dependency.getTargetClass()))
            .filter(target -> !target.isEmpty() && !target.equals(room))
            .forEach(target -> found.computeIfAbsent(room, r -> new TreeSet<>()).add(target));
      }
    }
    assertThat(found).isNotEmpty();
    assertThat(found)
        .allSatisfy(
            (room, targets) ->
                assertThat(EDGES.getOrDefault(room, Set.of()))
                    .as("rooms that %s calls", room)
                    .containsAll(targets));
  }

  /** The room of the engine a class is in, empty when it is in none. */
  private static String room(JavaClass type) {
    String engine = House.W + ".core.engine.";
    String name = type.getPackageName();
    return name.startsWith(engine) ? name.substring(engine.length()).split("\\.")[0] : "";
  }

  @Test
  void rulesAndReplayArePure() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "org.slf4j..")
                .or(assignableTo(Executor.class))
                .or(assignableTo(Clock.class))
                .or(assignableTo(InstantSource.class))
                .or(assignableTo(Thread.class))
                .or(assignableTo(RandomGenerator.class))
                .or(isPort()))
        .check(House.classes());
  }

  /** A port as a whole, or a role of it. */
  private static DescribedPredicate<JavaClass> isPort() {
    return assignableTo(RunLog.class)
        .or(assignableTo(RunCustody.class))
        .or(assignableTo(RunViews.class))
        .or(assignableTo(StreamArchive.class))
        .or(assignableTo(Queue.class))
        .or(assignableTo(LiveStreams.class))
        .or(assignableTo(Announcements.class));
  }

  @Test
  void rulesAreAskedByTheEngineAndDoNotKnowIt() {
    noClasses()
        .that()
        .resideInAPackage(House.RULES)
        .should()
        .dependOnClassesThat(
            resideInAPackage(House.CORE).and(resideOutsideOfPackages(House.RULES, House.PORT)))
        .check(House.classes());
  }
}

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rooms of core: who calls whom. */
final class EngineArchTest {

  /** Rooms whose code may be run anywhere, at any time, any number of times. */
  private static final String[] PURE = {House.RULES, House.W + ".core.engine.history.."};

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

  /** A new arrow is a decision: draw it in the document. How it is now is in a file. */
  @Test
  void theDocumentDrawsTheRoomsOnTheirLevelsAndEveryArrowBetweenThem() throws IOException {
    String drawing = Levels.of(House.classes()).drawing();
    Path file = Files.writeString(Path.of("target/engine-levels.txt"), drawing + "\n");

    assertThat(drawnIn("docs/architecture.md"))
        .as("the drawing in docs/architecture.md, beside the one in %s", file.toAbsolutePath())
        .isEqualTo(drawing);
  }

  /** The drawing is what stands between its first line and the end of the code block. */
  private static String drawnIn(String document) throws IOException {
    String text = Files.readString(Path.of("..").resolve(document));
    int begin = text.indexOf(Levels.HEAD + "\n");
    assertThat(begin).as("where the drawing begins in %s", document).isNotNegative();
    return text.substring(begin, text.indexOf("\n```", begin));
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

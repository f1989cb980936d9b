package dev.fantasticfour.world.cli.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Core takes its time, its chance and its threads from the machine it is given, and waits there.
 */
final class MachineArchTest {

  private static final Set<String> THREAD_WAITS = Set.of("start", "sleep", "join");
  private static final Set<String> QUEUE_WAITS = Set.of("put", "take");

  /**
   * There are two machines: {@link SystemMachine}, and the one in virtual time, which has a room of
   * its own. Everybody else is given one, and lives by that.
   */
  @Test
  void onlyMachinesHaveTimeChanceAndThreads() {
    noClasses()
        .that()
        .resideInAPackage(House.CORE)
        .and()
        .resideOutsideOfPackage(House.VIRTUAL)
        .and()
        .doNotBelongToAnyOf(SystemMachine.class)
        .should()
        .accessTargetWhere(asksTheMachine())
        .check(House.classes());
  }

  /**
   * {@link Strand} passes control from one thread that a machine has made to the next. That takes
   * no time: who is handed control goes on at once, and nobody else does.
   */
  @Test
  void everybodyWaitsAtTheBellsOfAMachine() {
    noClasses()
        .that()
        .resideInAPackage(House.CORE)
        .and()
        .resideOutsideOfPackage(House.VIRTUAL)
        .and()
        .doNotBelongToAnyOf(SystemMachine.class, Strand.class)
        .should()
        .accessTargetWhere(waitsOrBegins())
        .check(House.classes());
  }

  @Test
  void theMachineIsFoundInCallsAndInReferences() {
    JavaClass asking = new ClassFileImporter().importClass(Asking.class);
    assertThat(asking.getAccessesFromSelf().stream().filter(asksTheMachine()))
        .extracting(access -> access.getTarget().getName())
        .containsOnly("nanoTime", "now", "ofVirtual", "<init>");
    assertThat(asking.getAccessesFromSelf().stream().filter(waitsOrBegins()))
        .extracting(access -> access.getTarget().getName())
        .containsOnly("take", "poll", "start");
  }

  /** What nobody in core may do. */
  @SuppressWarnings("unused")
  private static final class Asking {

    private final LongSupplier nanos = System::nanoTime;
    private final Supplier<Instant> now = Instant::now;
    private final Supplier<Random> random = Random::new;
    private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private final Callable<String> next = queue::take;

    String next() throws InterruptedException {
      Thread.ofVirtual().start(() -> {});
      return queue.poll(1, TimeUnit.SECONDS);
    }
  }

  private static DescribedPredicate<JavaAccess<?>> asksTheMachine() {
    return DescribedPredicate.describe(
        "asks the machine for time, chance or threads",
        access ->
            access.getTarget() instanceof CodeUnitAccessTarget target && isOfTheMachine(target));
  }

  private static boolean isOfTheMachine(CodeUnitAccessTarget target) {
    String owner = target.getOwner().getName();
    String name = target.getName();
    boolean created = name.equals("<init>");
    return switch (owner) {
      case "java.lang.System" -> name.equals("nanoTime") || name.equals("currentTimeMillis");
      case "java.lang.Math" -> name.equals("random");
      case "java.lang.Thread" ->
          created || name.startsWith("of") || name.equals("startVirtualThread");
      case "java.util.Date", "java.util.Timer" -> created;
      case "java.util.UUID" -> name.equals("randomUUID");
      case "java.util.concurrent.Executors", "java.util.concurrent.ForkJoinPool" -> true;
      // Unless it is given an executor, it has threads of its own.
      case "java.util.concurrent.CompletableFuture" ->
          name.endsWith("Async")
              && target.getRawParameterTypes().stream()
                  .noneMatch(type -> type.isEquivalentTo(Executor.class));
      case "java.time.InstantSource", "java.time.Clock" ->
          name.startsWith("system") || name.startsWith("tick");
      // Unless it is given both, it has a clock and a chance of its own.
      case "com.github.f4b6a3.ulid.UlidFactory" ->
          (created || name.startsWith("new")) && target.getRawParameterTypes().size() < 2;
      case "com.github.f4b6a3.ulid.UlidCreator" -> true;
      default ->
          (owner.startsWith("java.time.") && name.equals("now"))
              || (owner.startsWith("java.util.concurrent.")
                  && created
                  && owner.endsWith("Executor"))
              || ((created || name.equals("current")) && isChance(target));
    };
  }

  /** A generator that was given its seed says the same every time. */
  private static boolean isChance(CodeUnitAccessTarget target) {
    JavaClass type = target.getOwner();
    boolean seeded =
        !target.getRawParameterTypes().isEmpty() && !type.isAssignableTo(SecureRandom.class);
    return type.isAssignableTo(RandomGenerator.class) && !seeded;
  }

  /**
   * Locks are not meant: what is done under one waits for nothing. Nor is the result of a future
   * that is done.
   */
  private static DescribedPredicate<JavaAccess<?>> waitsOrBegins() {
    return DescribedPredicate.describe(
        "waits elsewhere than at a bell, or starts a thread",
        access -> access.getTarget() instanceof CodeUnitAccessTarget target && isWait(target));
  }

  private static boolean isWait(CodeUnitAccessTarget target) {
    JavaClass owner = target.getOwner();
    String name = target.getName();
    boolean isTimed =
        owner.getPackageName().startsWith("java.util.concurrent")
            && !owner.isEquivalentTo(TimeUnit.class)
            && target.getRawParameterTypes().stream()
                .anyMatch(type -> type.isEquivalentTo(TimeUnit.class));
    return isTimed
        || switch (owner.getName()) {
          case "java.lang.Object" -> name.equals("wait");
          case "java.util.concurrent.TimeUnit" -> name.equals("sleep");
          case "java.util.concurrent.locks.LockSupport" -> name.startsWith("park");
          case "java.util.concurrent.Semaphore" -> name.startsWith("acquire");
          case "java.util.concurrent.CountDownLatch" -> name.equals("await");
          default ->
              (owner.isAssignableTo(Thread.class) && THREAD_WAITS.contains(name))
                  || (owner.isAssignableTo(Thread.Builder.class) && name.equals("start"))
                  || (owner.isAssignableTo(Condition.class) && name.startsWith("await"))
                  || (owner.isAssignableTo(Future.class) && name.equals("get"))
                  || (owner.isAssignableTo(BlockingQueue.class) && QUEUE_WAITS.contains(name));
        };
  }
}

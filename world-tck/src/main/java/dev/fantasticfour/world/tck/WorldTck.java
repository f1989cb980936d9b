package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.tck.engine.AgainChapter;
import dev.fantasticfour.world.tck.engine.ChainChapter;
import dev.fantasticfour.world.tck.engine.ChildrenChapter;
import dev.fantasticfour.world.tck.engine.ContinueChapter;
import dev.fantasticfour.world.tck.engine.CrashChapter;
import dev.fantasticfour.world.tck.engine.DeadlineChapter;
import dev.fantasticfour.world.tck.engine.MessageChapter;
import dev.fantasticfour.world.tck.engine.PauseChapter;
import dev.fantasticfour.world.tck.engine.PortsAwayChapter;
import dev.fantasticfour.world.tck.engine.QueuedStepChapter;
import dev.fantasticfour.world.tck.engine.SignalsChapter;
import dev.fantasticfour.world.tck.engine.SmokeChapter;
import dev.fantasticfour.world.tck.engine.StreamsChapter;
import dev.fantasticfour.world.tck.engine.TwoPeersChapter;
import dev.fantasticfour.world.tck.engine.VersionChapter;
import dev.fantasticfour.world.tck.engine.WorkflowChapter;
import dev.fantasticfour.world.tck.engine.WorldLifeChapter;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a whole world must do on a combination of adapters: the engine over them, workflows on top.
 * Extend it and say how one process opens them:
 *
 * <pre>{@code
 * final class MyWorldTckTest extends WorldTck {
 *   @Override
 *   public Harness<Adapters> harness() {
 *     return Harness.of(() -> Adapters.named(config)).without(Facility.CLOCK, "it is the server's");
 *   }
 * }
 * }</pre>
 *
 * <p>After every test the logs of the runs it started are checked as a whole, like those of the
 * storage kit. {@code -Dgroups=smoke} takes seconds: use it while you write.
 *
 * <p>The crash chapter loses a node at a sample of its port calls, at all of them with {@value
 * Harness#FULL}.
 */
@ExtendWith(WorldExtension.class)
public abstract class WorldTck implements Kit<Adapters> {

  @Nested
  @Tag("smoke")
  class Smoke implements SmokeChapter {}

  @Nested
  @Tag("workflows")
  class Workflows implements WorkflowChapter {}

  @Nested
  @Tag("messages")
  class Messages implements MessageChapter {}

  @Nested
  @Tag("queued-steps")
  class QueuedSteps implements QueuedStepChapter {}

  @Nested
  @Tag("step-streams")
  class StepStreams implements StreamsChapter {}

  @Nested
  @Tag("two-peers")
  class TwoPeers implements TwoPeersChapter {}

  @Nested
  @Tag("signals")
  class Signals implements SignalsChapter {}

  @Nested
  @Tag("children")
  class Children implements ChildrenChapter {}

  @Nested
  @Tag("continue")
  class Continue implements ContinueChapter {}

  @Nested
  @Tag("continue")
  class Chain implements ChainChapter {}

  @Nested
  @Tag("deadlines")
  class Deadlines implements DeadlineChapter {}

  @Nested
  @Tag("operate")
  class Paused implements PauseChapter {}

  @Nested
  @Tag("operate")
  class Again implements AgainChapter {}

  @Nested
  @Tag("versions")
  class Versions implements VersionChapter {}

  @Nested
  @Tag("world-life")
  class WorldLife implements WorldLifeChapter {}

  @Nested
  @Tag("ports-away")
  class PortsAway implements PortsAwayChapter {}

  @Nested
  @Tag("crashes")
  class Crashes implements CrashChapter {}
}

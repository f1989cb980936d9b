package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.tck.queue.QueueScene;
import java.util.Set;

/** Scenes of the queue kit; afterwards whatever subscribed is unsubscribed. */
final class QueueExtension extends SceneExtension<Queue, QueueScene> {

  QueueExtension() {
    super(QueueTck.class, QueueScene.class);
  }

  @Override
  QueueScene scene(Stage<Queue> stage) {
    return new QueueScene(stage);
  }

  @Override
  Set<Capability> declined(Queue port) {
    return port.declined();
  }

  @Override
  String version(Queue port) {
    return port.version();
  }

  @Override
  void judge(QueueScene played) {}

  @Override
  void leave(QueueScene played) {
    played.end();
  }
}

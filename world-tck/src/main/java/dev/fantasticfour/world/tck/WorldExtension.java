package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.tck.engine.WorldScene;
import java.util.Set;

/** Scenes of the world kit; afterwards the oracle looks at every run that was started. */
final class WorldExtension extends SceneExtension<Adapters, WorldScene> {

  WorldExtension() {
    super(WorldTck.class, WorldScene.class);
  }

  @Override
  WorldScene scene(Stage<Adapters> stage) {
    return new WorldScene(stage);
  }

  @Override
  Set<Capability> declined(Adapters port) {
    return port.declined();
  }

  @Override
  String version(Adapters port) {
    return port.version();
  }

  @Override
  void judge(WorldScene played) {
    played.judge();
  }

  @Override
  void leave(WorldScene played) {
    played.end();
  }
}

package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.tck.stream.StreamScene;
import java.util.Set;

/** Scenes of the streamer kit; afterwards every stream is checked as a whole. */
final class StreamerExtension extends SceneExtension<Streamer, StreamScene> {

  StreamerExtension() {
    super(StreamerTck.class, StreamScene.class);
  }

  @Override
  StreamScene scene(Stage<Streamer> stage) {
    return new StreamScene(stage);
  }

  @Override
  Set<Capability> declined(Streamer port) {
    return port.declined();
  }

  @Override
  String version(Streamer port) {
    return port.version();
  }

  @Override
  void judge(StreamScene played) {
    played.judge();
  }
}

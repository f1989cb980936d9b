package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.tck.storage.LogOracle;
import dev.fantasticfour.world.tck.storage.StorageScene;
import java.util.Set;

/** Scenes of the storage kit; afterwards the oracle looks at every run that was touched. */
final class StorageExtension extends SceneExtension<Storage, StorageScene> {

  StorageExtension() {
    super(StorageTck.class, StorageScene.class);
  }

  @Override
  StorageScene scene(Stage<Storage> stage) {
    return new StorageScene(stage);
  }

  @Override
  Set<Capability> declined(Storage port) {
    return port.declined();
  }

  @Override
  String version(Storage port) {
    return port.version();
  }

  @Override
  void judge(StorageScene played) {
    LogOracle.judge(played);
  }
}

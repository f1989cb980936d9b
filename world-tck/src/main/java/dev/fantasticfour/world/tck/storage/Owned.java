package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.List;

/** A run in the hands of a worker, in one epoch. */
record Owned(StorageScene scene, RunId run, WorkerId worker, long epoch) {

  /** In the owner's name, who has seen everything there is now. */
  Authority.Owner authority(Due due) {
    return authority(scene.view(run).lastPosition(), due);
  }

  Authority.Owner authority(long seen, Due due) {
    return new Authority.Owner(worker, epoch, seen, due);
  }

  List<Event> accept(Draft... drafts) {
    return scene.accept(run, authority(Due.NOW), drafts);
  }

  AppendResult append(long seen, Draft... drafts) {
    return scene.append(run, authority(seen, Due.NOW), drafts);
  }

  AppendResult refuse(Draft... drafts) {
    return scene.refuse(run, authority(Due.NOW), drafts);
  }
}

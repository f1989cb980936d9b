package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Life;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.StreamArchive.Archived;
import dev.fantasticfour.world.core.port.StreamArchive.Kept;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.List;
import java.util.Map;

/** A stream as the storage under test keeps it; what is kept is read through another instance. */
record KeptStream(StorageScene scene, StreamId id) {

  static final Then WRITE_ON = new Then.WriteOn();
  static final Then LEAVE = new Then.Leave();
  static final Then NEXT = new Then.Next();
  static final Then END_LOST = new Then.EndLost();

  /** A stream nobody has entered, of a run that does not exist. */
  static KeptStream of(StorageScene scene) {
    RunId run = new RunId(RunId.PREFIX + Fresh.ulid(scene.stage().now()));
    return new KeptStream(scene, new StreamId(run, "out"));
  }

  /** A stream in its first life, with one writer. */
  static KeptStream entered(StorageScene scene, WorkerId by) {
    KeptStream stream = KeptStream.of(scene);
    assertThat(stream.keep(by, 0, NEXT)).isEqualTo(opened(1, 0));
    return stream;
  }

  static Chunk data(long index) {
    return data(index, "step_1", 1);
  }

  static Chunk data(long index, String step, int attempt) {
    return new Chunk.Data(index, Payload.json("" + index), step, attempt);
  }

  /** A life is opened in which no step has written before. */
  static Kept opened(long life, long base) {
    return new Kept.Opened(new Life(life, base, Map.of()));
  }

  /** A worker hands in chunks of a life. */
  Kept keep(WorkerId by, long life, Then then, Chunk... chunks) {
    return keep(by, life, then, 0, chunks);
  }

  /** A worker hands in chunks of a life, and does not know what became of others. */
  Kept keep(WorkerId by, long life, Then then, long inDoubt, Chunk... chunks) {
    return scene
        .storage()
        .archive(List.of(new Section(by, id, life, List.of(chunks), inDoubt, then)))
        .getFirst();
  }

  Archived from(long index, int limit) {
    return scene.peer().archived(id, index, limit);
  }

  Archived all() {
    return from(0, 1_000);
  }
}

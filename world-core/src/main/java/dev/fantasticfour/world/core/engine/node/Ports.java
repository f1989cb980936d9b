package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.append.Appender;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;

/**
 * What a node is built on: the three ports and what the engine puts before them. Owned by whoever
 * made it.
 *
 * @param observer who sees what the node does
 */
public record Ports(
    WorldConfig config,
    Storage storage,
    Queue queue,
    Streamer streamer,
    Appender appender,
    PayloadCodec codec,
    IdSource ids,
    Observer observer) {

  /** The same, seen by nobody. */
  public Ports(
      WorldConfig config,
      Storage storage,
      Queue queue,
      Streamer streamer,
      Appender appender,
      PayloadCodec codec,
      IdSource ids) {
    this(config, storage, queue, streamer, appender, codec, ids, Observer.NONE);
  }
}

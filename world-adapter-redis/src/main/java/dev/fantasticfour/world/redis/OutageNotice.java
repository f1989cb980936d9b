package dev.fantasticfour.world.redis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that the server is away and once that it is back, whoever notices first. */
final class OutageNotice {

  private static final Logger LOG = LoggerFactory.getLogger(OutageNotice.class);

  /** As many as there are servers in the configurations of this process. */
  private static final Map<String, OutageNotice> ALL = new ConcurrentHashMap<>();

  private final String server;
  private final AtomicBoolean away = new AtomicBoolean();

  private OutageNotice(String server) {
    this.server = server;
  }

  /** The outage of a server, which all connections of this process to it share. */
  static OutageNotice of(String server) {
    return ALL.computeIfAbsent(server, OutageNotice::new);
  }

  void noticed(Throwable why) {
    if (away.compareAndSet(false, true)) {
      LOG.warn(
          "{} is away; subscriptions and readers go on by themselves when it is back: {}",
          server,
          why.getMessage());
      LOG.debug("How it was noticed", why);
    }
  }

  void over() {
    // Read first: this is called after every exchange.
    if (away.get() && away.compareAndSet(true, false)) {
      LOG.info("{} is back", server);
    }
  }
}

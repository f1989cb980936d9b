package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Finding;
import dev.fantasticfour.world.core.port.Finding.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RTopic;
import org.redisson.client.codec.ByteArrayCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a Redis is looked at for before World uses it: version and eviction are asked for, the rest
 * is tried, with keys and a channel of its own. {@code world doctor} shows all that was found; the
 * opening of an adapter ends at the first thing that can't work.
 */
public final class RedisExamination {

  private static final Logger LOG = LoggerFactory.getLogger(RedisExamination.class);

  private static final int OLDEST = 6;
  private static final String RIGHTS = "rights";
  private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;
  private static final byte[] TRIAL = "trial".getBytes(StandardCharsets.UTF_8);

  private final RedisConnection connection;
  private final RedisKeys keys;
  private final String trial = "trial:" + UUID.randomUUID();

  private RedisExamination(RedisConnection connection, RedisKeys keys) {
    this.connection = connection;
    this.keys = keys;
  }

  /**
   * Looks at the server of a configuration.
   *
   * @throws WorldException {@code UNAVAILABLE} or {@code INVALID_CONFIGURATION} when there is no
   *     connection
   */
  public static List<Finding> of(WorldConfig config) {
    try (RedisConnection connection = RedisConnection.open(config)) {
      var unused = connection.redisson();
      return of(connection, config);
    }
  }

  /**
   * Connects to the server of a configuration and looks at it, unless it is away.
   *
   * @throws WorldException as {@link RedisConnection#open} does, and {@code INVALID_CONFIGURATION}
   *     for a server that World cannot work with
   */
  public static RedisConnection open(WorldConfig config) {
    RedisConnection connection = RedisConnection.open(config);
    try {
      if (connection.isReached()) {
        require(of(connection, config), RedisClients.describe(config.redis()));
      }
      return connection;
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static List<Finding> of(RedisConnection connection, WorldConfig config) {
    RedisExamination examination =
        new RedisExamination(connection, new RedisKeys(config.jobPrefix()));
    List<Finding> findings = new ArrayList<>(examination.server());
    findings.add(examination.scripts());
    findings.add(examination.channels());
    return findings;
  }

  /** Refuses what cannot work, and logs the first thing that will not for now. */
  private static void require(List<Finding> findings, String server) {
    for (Finding finding : findings) {
      if (finding.level() == Level.WRONG) {
        throw new WorldException(
            ErrorCode.INVALID_CONFIGURATION,
            server + ": " + finding.found() + "; " + finding.advice());
      }
    }
    findings.stream()
        .filter(finding -> finding.level() == Level.NOT_NOW)
        .findFirst()
        .ifPresent(finding -> LOG.warn("{}: {}; {}", server, finding.found(), finding.advice()));
  }

  private List<Finding> server() {
    String info;
    try {
      info = connection.info();
    } catch (WorldException e) {
      if (e.code() == ErrorCode.INVALID_CONFIGURATION) {
        throw e;
      }
      // INFO counts as dangerous; nothing but these two needs it.
      return List.of(
          Finding.odd(
              "version", "it does not tell its version", "it has to be " + OLDEST + ".0 or newer"));
    }
    String version = value(info, "redis_version");
    String policy = value(info, "maxmemory_policy");
    return List.of(
        major(version) < OLDEST
            ? Finding.wrong(
                "version",
                "Redis " + version + " is too old",
                "World needs Redis " + OLDEST + ".0 or newer")
            : Finding.good("version", version),
        policy.isEmpty() || policy.equals("noeviction")
            ? Finding.good("eviction", policy.isEmpty() ? "not told" : policy)
            : Finding.odd(
                "eviction",
                policy,
                "under pressure it drops messages, which delays runs: set maxmemory-policy"
                    + " noeviction"));
  }

  private Finding scripts() {
    try {
      ScriptReply refused =
          connection.call(
              "try what World does",
              LuaScript.TRIAL,
              keys.trial(trial),
              new ScriptArguments().add(keys.announcements(trial)));
      TreeMap<String, String> words = new TreeMap<>();
      while (refused.hasNext()) {
        words.put(refused.text(), refused.text());
      }
      return words.isEmpty() ? bells() : refused(words);
    } catch (WorldException e) {
      return refused("scripts (EVALSHA, EVAL)", e);
    }
  }

  private Finding refused(TreeMap<String, String> words) {
    TreeSet<String> forbidden = new TreeSet<>();
    words.forEach(
        (command, said) -> {
          if (RedisErrors.isForbidden(said)) {
            forbidden.add(command);
          }
        });
    return forbidden.isEmpty()
        ? Finding.notNow(
            RIGHTS,
            words.firstKey() + " is refused: " + RedisErrors.words(words.firstEntry().getValue()),
            "the server's log says more")
        : lacking("in scripts " + String.join(", ", forbidden));
  }

  /** What consumers wait at. */
  private Finding bells() {
    String list = keys.trial(trial).get(1);
    try {
      tryList(list);
      return Finding.good(RIGHTS, "the user may do what World does");
    } catch (WorldException e) {
      return refused("RPUSH, BLPOP, DEL", e);
    }
  }

  private Finding channels() {
    String channel = keys.announcements(trial);
    String check = "channels";
    try {
      return tryChannel(channel)
          ? Finding.good(check, "a message came back")
          : Finding.notNow(check, "a message was published and never came", "look at the network");
    } catch (WorldException e) {
      return refused("PUBLISH and SUBSCRIBE on channels " + keys.everything(), e);
    }
  }

  private Finding refused(String what, WorldException e) {
    String message = String.valueOf(e.getMessage());
    return RedisErrors.isForbidden(message)
        ? lacking(what)
        : Finding.notNow(RIGHTS, message, "start it, or look at its log");
  }

  private Finding lacking(String what) {
    return Finding.wrong(
        RIGHTS,
        "the user may not use " + what,
        "grant it what docs/operating.md lists, on keys and channels that begin with "
            + keys.everything());
  }

  /** Puts something into a list and takes it out again as consumers do who wait. */
  private void tryList(String key) {
    boolean unused =
        connection.await(
            "push to a list", () -> connection.redisson().getQueue(key, CODEC).addAsync(TRIAL));
    Object popped =
        connection.await(
            "wait at a list",
            () ->
                connection
                    .redisson()
                    .getBlockingQueue(key, CODEC)
                    .pollFromAnyAsync(1, TimeUnit.SECONDS, key));
  }

  /** Whether a message that is published on a channel comes to who listens to it. */
  private boolean tryChannel(String name) {
    RTopic topic = connection.redisson().getTopic(name, CODEC);
    CountDownLatch came = new CountDownLatch(1);
    long nobody = connection.await("publish", () -> topic.publishAsync(TRIAL));
    int id =
        connection.await(
            "subscribe",
            () -> topic.addListenerAsync(byte[].class, (channel, message) -> came.countDown()));
    try {
      long receivers = connection.await("publish", () -> topic.publishAsync(TRIAL));
      return came.await(RedisConnection.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      topic.removeListenerAsync(id);
    }
  }

  private static String value(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static int major(String version) {
    String digits = version.replaceFirst("\\D.*", "");
    return digits.isEmpty() || digits.length() > 5 ? OLDEST : Integer.parseInt(digits);
  }
}

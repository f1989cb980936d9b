package dev.fantasticfour.world.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.RedisServerOptions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cluster of server processes on this machine, each with an equal share of the slots. */
final class LocalCluster implements AutoCloseable {

  private static final int SLOTS = 16_384;

  private final List<EmbeddedRedis> nodes;

  private LocalCluster(List<EmbeddedRedis> nodes) {
    this.nodes = nodes;
  }

  /** Starts it and waits until every node knows that all slots are served. */
  static LocalCluster start(int size) {
    LocalCluster cluster =
        new LocalCluster(Stream.generate(LocalCluster::node).limit(size).toList());
    try {
      cluster.join();
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private static EmbeddedRedis node() {
    return EmbeddedRedis.start(
        RedisServerOptions.defaults()
            .withSetting("cluster-enabled", "yes")
            .withSetting("cluster-announce-ip", "127.0.0.1"));
  }

  private void join() {
    for (int i = 0; i < nodes.size(); i++) {
      int first = i * SLOTS / nodes.size();
      int end = (i + 1) * SLOTS / nodes.size();
      ServerCommand node = new ServerCommand(nodes.get(i).port());
      String share =
          IntStream.range(first, end).mapToObj(Integer::toString).collect(Collectors.joining(" "));
      assertThat(node.call("CLUSTER ADDSLOTS " + share)).isEqualTo("OK");
      // Epochs of their own, so that no two nodes have to argue about them later.
      assertThat(node.call("CLUSTER SET-CONFIG-EPOCH " + (i + 1))).isEqualTo("OK");
      assertThat(node.call("CLUSTER MEET 127.0.0.1 " + nodes.getFirst().port())).isEqualTo("OK");
    }
    for (EmbeddedRedis node : nodes) {
      Eventually.assertThat(
          () ->
              assertThat(new ServerCommand(node.port()).call("CLUSTER INFO"))
                  .contains("cluster_state:ok", "cluster_known_nodes:" + nodes.size()));
    }
  }

  WorldConfig config() {
    return WorldConfig.defaults()
        .withRedis(
            RedisOptions.ofUrl(
                nodes.stream()
                    .map(node -> "127.0.0.1:" + node.port())
                    .collect(Collectors.joining(",", "redis-cluster://", ""))));
  }

  @Override
  public void close() {
    nodes.forEach(EmbeddedRedis::close);
  }
}

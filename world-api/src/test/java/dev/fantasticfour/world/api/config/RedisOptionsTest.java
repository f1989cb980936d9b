package dev.fantasticfour.world.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.config.RedisOptions.Mode;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisOptionsTest {

  @Test
  void aHostAloneIsEnough() {
    assertThat(RedisOptions.ofUrl("redis://h")).isEqualTo(RedisOptions.of("h", 6379));
  }

  @Test
  void userPasswordPortAndDatabaseAreRead() {
    assertThat(RedisOptions.ofUrl("rediss://ann:p%40ss%2Fword@h:7000/3"))
        .isEqualTo(
            new RedisOptions(Mode.SINGLE, List.of("h:7000"), "ann", "p@ss/word", true, 3, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis://:secret@h", "redis://secret@h"})
  void aPasswordNeedsNoUser(String url) {
    RedisOptions options = RedisOptions.ofUrl(url);

    assertThat(options.user()).isNull();
    assertThat(options.password()).isEqualTo("secret");
  }

  @Test
  void aRawSlashOrAtSignMayBeInAPassword() {
    assertThat(RedisOptions.ofUrl("redis://u:a/b@c@h/1").password()).isEqualTo("a/b@c");
  }

  @Test
  void sentinelsAreNamedWithTheirMaster() {
    assertThat(RedisOptions.ofUrl("redis-sentinel://:pw@a:1,b/main?db=2"))
        .isEqualTo(
            new RedisOptions(
                Mode.SENTINEL, List.of("a:1", "b:6379"), null, "pw", false, 2, "main"));
  }

  @Test
  void aClusterIsNamedByItsNodes() {
    assertThat(RedisOptions.ofUrl("rediss-cluster://a:1,b:2"))
        .isEqualTo(
            new RedisOptions(Mode.CLUSTER, List.of("a:1", "b:2"), null, null, true, 0, null));
  }

  @Test
  void anAddressOfIpVersionSixIsRead() {
    assertThat(RedisOptions.ofUrl("redis://[::1]:7000").nodes()).containsExactly("[::1]:7000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://u:geheim@",
        "redis://u:geheim@h:99999",
        "redis://u:geheim@h:port",
        "redis://u:geheim@h/first",
        "redis://u:geheim@h/-1",
        "redis://u:geheim@h/0?timeout=3",
        "redis://u:geheim%zz@h",
        "redis://geheim@h:port",
        "redis://u:geheim?x@h:port",
        "redis-sentinel://u:geheim@a:1,,b/main",
        "http://u:geheim@h",
        "u:geheim@://h",
      })
  void whatCannotBeReadIsRefusedWithoutItsPassword(String url) {
    assertThatThrownBy(() -> RedisOptions.ofUrl("THE_VARIABLE", url))
        .isInstanceOf(WorldException.class)
        .hasMessageStartingWith("THE_VARIABLE must ")
        .hasMessageNotContaining("geheim")
        .hasNoCause();
  }

  @Test
  void sentinelsWithoutAMasterAreRefused() {
    assertThatThrownBy(() -> RedisOptions.ofUrl("redis-sentinel://a:1"))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("name of the master");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://h:6379",
        "rediss://ann:***@h:7000/3",
        "redis-sentinel://:***@a:1,b:6379/main?db=2",
        "rediss-cluster://a:1,b:2",
      })
  void itsTextIsTheUrlWithoutThePassword(String shown) {
    assertThat(RedisOptions.ofUrl(shown.replace("***", "geheim")).toString()).isEqualTo(shown);
  }
}

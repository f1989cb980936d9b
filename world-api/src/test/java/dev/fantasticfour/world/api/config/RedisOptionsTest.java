package dev.fantasticfour.world.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.config.RedisOptions.Mode;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @ValueSource(strings = {"a/b@c", "a b", "a#b", "a?b", "a:b", "a[b", "a&b=c", "a,b", "1/0", "1"})
  void aPasswordMayHoldAnyCharacterAsItIs(String password) {
    RedisOptions options = RedisOptions.ofUrl("redis://u:" + password + "@h:7000/1");

    assertThat(options.password()).isEqualTo(password);
    assertThat(options.user()).isEqualTo("u");
    assertThat(options.nodes()).containsExactly("h:7000");
    assertThat(options.database()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "redis://h:7000/9, 9",
    "redis://h:7000?db=9, 9",
    "redis://h:7000/?db=9, 9",
    "redis://h:7000/9?db=9, 9",
    "redis://h:7000/, 0",
    "redis://h:7000?, 0",
    "redis-sentinel://h:1/main?db=9, 9",
  })
  void theDatabaseIsReadWhereverItStands(String url, int database) {
    assertThat(RedisOptions.ofUrl(url).database()).isEqualTo(database);
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
        "redis://u:geheim@h:0",
        "redis://u:geheim@h/first",
        "redis://u:geheim@h/1?db=2",
        "redis://u:geheim@[::1",
        "redis://u:ge heim@h:port",
        "redis://u:ge/heim#x@h:port",
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
  void aClusterHasOneDatabase() {
    assertThatThrownBy(() -> RedisOptions.ofUrl("redis-cluster://a:1/3"))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("no database in a cluster");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536, 99_999})
  void aPortThatIsNoneIsRefusedHoweverItIsGiven(int port) {
    assertThatThrownBy(() -> RedisOptions.of("h", port))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("ports from 1 to 65535");
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

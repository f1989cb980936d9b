package dev.fantasticfour.world.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.client.RedisException;
import org.redisson.client.RedisTimeoutException;

/** What replies of servers old and new are taken for. */
class RedisErrorsTest {

  private static final String IN_SCRIPT_6 =
      "ERR Error running script (call to f_6b8f6): @user_script:17: @user_script: 17: -";

  private static WorldException translated(RuntimeException thrown) {
    return RedisErrors.translate("write", "Redis at a:1", thrown);
  }

  @ParameterizedTest
  @CsvSource({
    "READONLY, READONLY You can't write against a read only replica.",
    "READONLY, 'READONLY You can''t write against a read only replica. script: 6b8f6, on"
        + " @user_script:17.'",
    "MISCONF, MISCONF Redis is configured to save RDB snapshots, but it is unable to persist",
    "OOM, OOM command not allowed when used memory > 'maxmemory'.",
    "LOADING, LOADING Redis is loading the dataset in memory",
    "NOPERM, NOPERM this user has no permissions to run the 'evalsha' command",
    "CLUSTERDOWN, CLUSTERDOWN Hash slot not served",
    "NOREPLICAS, NOREPLICAS Not enough good replicas to write.",
    "ERR, ERR max number of clients reached",
    "ERR, ERR Error running script (call to f_1): @user_script:1: Script killed by user with SCRIPT"
  })
  void whatPassesIsUnavailable(String word, String reply) {
    WorldException refused = translated(new RedisException(reply));
    assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(refused).hasMessageContaining("refuses that now (" + word + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"READONLY", "MISCONF", "OOM", "NOREPLICAS", "MASTERDOWN", "NOPERM"})
  void whatPassesInAScriptOfRedis6IsUnavailable(String word) {
    WorldException refused = translated(new RedisException(IN_SCRIPT_6 + word + " for now"));
    assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(refused).hasMessageContaining("refuses that now (" + word + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERR value is not an integer or out of range",
        "WRONGTYPE Operation against a key holding the wrong kind of value",
        IN_SCRIPT_6 + "WRONGTYPE Operation against a key holding the wrong kind of value",
        "ERR Error running script (call to f_1): @user_script:9: attempt to index a nil value",
        "CROSSSLOT Keys in request don't hash to the same slot"
      })
  void whatWouldComeAgainIsABrokenContract(String reply) {
    assertThat(translated(new RedisException(reply)).code())
        .isEqualTo(ErrorCode.CONTRACT_VIOLATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Command still hasn't been written", "ERR is in the command: -ERR"})
  void whoDoesNotAnswerIsUnavailable(String message) {
    WorldException away = translated(new RedisTimeoutException(message));
    assertThat(away.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(away).hasMessageContaining("does not answer");
  }
}

package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {

  private final PostgresErrors errors = new PostgresErrors("THE_VARIABLE (h:5432)");

  private static SQLException sql(String state) {
    return new SQLException("ERROR: words of the server\n  Detail: secret", state);
  }

  /** Logins, rights, tables, poolers, standbys and everything that nobody has heard of yet. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "08006", "28P01", "28000", "3D000", "3F000", "42501", "42P01", "42883", "42703", "26000",
        "42P05", "0A000", "25006", "25P02", "53300", "53100", "55000", "55P03", "57014", "57P01",
        "57P03", "58030", "XX000", "P0001", "WR002", "99999", "23505", "40001", "40P01", ""
      })
  void whatPassesOrCanBeMendedIsAskedAgainWhileAWorldRuns(String state) {
    WorldException e = errors.translate("appending", sql(state));

    assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(e)
        .hasMessageStartingWith("appending: PostgreSQL at THE_VARIABLE (h:5432) ")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "22021, CONTRACT_VIOLATION",
    "23514, CONTRACT_VIOLATION",
    "54000, CONTRACT_VIOLATION"
  })
  void whatTheRulesOrNoColumnTakesIsFinal(String state, ErrorCode code) {
    assertThat(errors.translate("appending", sql(state)).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "28P01", "28000", "3D000", "3F000", "42501", "42P01", "42883", "42703", "26000", "WR002"
      })
  void aSettingThatIsWrongIsSaidAtOnceWhenAStorageIsOpened(String state) {
    WorldException e = errors.translateAtOpening("opening the storage", sql(state));

    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    assertThat(e).hasMessageContaining("words of the server").hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "25006, is read only",
    "42501, grant the role",
    "42P01, world migrate",
    "26000, prepareThreshold=0",
    "28P01, pg_hba.conf",
    "57P01, does not answer"
  })
  void theMessageSaysWhatToDo(String state, String words) {
    assertThat(errors.translate("reading", sql(state))).hasMessageContaining(words);
  }

  @Test
  void whatThePoolSaysGivesWayToWhatTheServerSaid() {
    SQLException refused =
        new SQLException("FATAL: role \"w\" is not permitted to log in", "28000");
    SQLException pool =
        new SQLTransientConnectionException("world - timed out after 5000ms", "28000", refused);

    assertThat(errors.translate("reading", new RuntimeException("### by the mapper", pool)))
        .hasMessageContaining("(SQLSTATE 28000: role \"w\" is not permitted to log in)")
        .hasMessageNotContaining("5000ms");
  }
}

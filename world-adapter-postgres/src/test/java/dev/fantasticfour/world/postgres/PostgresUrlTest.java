package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.WorldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {

  private static PostgresUrl parse(String url) {
    return PostgresUrl.parse("THE_VARIABLE", url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ann:p%40ss@h:7000/d",
        "postgres://ann:p%40ss@h:7000/d",
        "jdbc:postgresql://h:7000/d?user=ann&password=p%40ss",
      })
  void userPasswordAndPlaceAreReadFromEveryForm(String url) {
    PostgresUrl parsed = parse(url);

    assertThat(parsed.user()).isEqualTo("ann");
    assertThat(parsed.password()).isEqualTo("p@ss");
    assertThat(parsed.jdbc()).startsWith("jdbc:postgresql://h:7000/d?").doesNotContain("ss");
    assertThat(parsed.where()).isEqualTo("h:7000");
  }

  @Test
  void whatIsNotSaidHasSaneLimits() {
    assertThat(parse("postgresql://h/d").jdbc())
        .contains("connectTimeout=5", "socketTimeout=60", "tcpKeepAlive=true");
    assertThat(parse("postgresql://h/d").where()).isEqualTo("h:5432");
  }

  @Test
  void whatIsSaidGoesToTheDriver() {
    assertThat(parse("postgresql://h/d?sslmode=verify-full&connectTimeout=1").jdbc())
        .contains("sslmode=verify-full", "connectTimeout=1")
        .doesNotContain("connectTimeout=5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://ann:geheim@h/d",
        "postgresql://ann:geheim@h:port/d",
        "postgresql://ann:ge/heim@h/d",
        "postgresql://ann:geheim%zz@h/d",
        "jdbc:postgresql://h:port/d?password=geheim",
      })
  void whatCannotBeReadIsRefusedWithoutItsPassword(String url) {
    assertThatThrownBy(() -> parse(url))
        .isInstanceOf(WorldException.class)
        .hasMessageStartingWith("THE_VARIABLE must ")
        .hasMessageNotContaining("heim");
  }
}

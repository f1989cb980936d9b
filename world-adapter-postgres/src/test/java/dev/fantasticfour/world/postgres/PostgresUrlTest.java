package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import org.junit.jupiter.api.Test;

class PostgresUrlTest {

  private static PostgresUrl parse(String url) {
    return PostgresUrl.parse("THE_VARIABLE", url);
  }

  @Test
  void whatIsNotSaidHasSaneLimits() {
    assertThat(parse("postgresql://h/d").jdbc())
        .contains(
            "connectTimeout=5",
            "socketTimeout=60",
            "tcpKeepAlive=true",
            "logServerErrorDetail=false");
    assertThat(parse("postgresql://h/d")).hasToString("THE_VARIABLE (h:5432)");
  }

  @Test
  void whatIsSaidGoesToTheDriver() {
    assertThat(parse("postgresql://h/d?sslmode=verify-full&connectTimeout=1").jdbc())
        .contains("sslmode=verify-full", "connectTimeout=1")
        .doesNotContain("connectTimeout=5");
  }

  @Test
  void ofSeveralHostsThePrimaryIsMeantUnlessTheAddressSaysOtherwise() {
    assertThat(primary("postgresql://a,b/d").jdbc()).contains("targetServerType=primary");
    assertThat(primary("postgresql://a,b/d?target_session_attrs=any").jdbc())
        .contains("targetServerType=any");
    assertThat(primary("postgresql://a/d").jdbc()).doesNotContain("targetServerType");
  }

  @Test
  void shortAndLongStatementsHaveTimeLimitsOfTheirOwn() {
    PostgresUrl url = parse("postgresql://h/d?socketTimeout=7");
    assertThat(url.jdbc()).contains("socketTimeout=7");
    assertThat(url.forShortStatements().jdbc()).contains("socketTimeout=5");
    assertThat(url.forLongStatements().jdbc()).contains("socketTimeout=0");
  }

  private static PostgresUrl primary(String url) {
    return PostgresUrl.primary(WorldConfig.defaults().withConnectionString(url));
  }
}

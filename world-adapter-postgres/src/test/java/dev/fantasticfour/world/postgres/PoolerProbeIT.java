package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Finding;
import dev.fantasticfour.world.embedded.Services;
import java.sql.Connection;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pooler that does not keep a client's prepared statements is found before anything runs. */
class PoolerProbeIT {

  private static Optional<Finding> look(String url) throws Exception {
    PostgresUrl address = PostgresUrl.parse(WorldConfig.POSTGRES_URL, url);
    try (Connection one = PostgresPool.connect(address)) {
      return PoolerProbe.look(address, one);
    }
  }

  private static void assertIsFound(Optional<Finding> finding) {
    assertThat(finding)
        .hasValueSatisfying(
            found -> {
              assertThat(found.level()).isEqualTo(Finding.Level.WRONG);
              assertThat(found.advice()).contains("prepareThreshold=0");
            });
  }

  /** The driver's own threshold, and one of the address. */
  @ParameterizedTest
  @ValueSource(strings = {"", "&prepareThreshold=1", "&prepareThreshold=9"})
  void aStatementThatIsNotKnownOnAnotherConnectionIsFound(String parameters) throws Exception {
    try (SwappingPooler pooler = new SwappingPooler(Services.postgres().freshDatabase())) {
      assertIsFound(look(pooler.url(parameters)));
      assertThat(pooler.hasSwapped()).isTrue();
    }
  }

  /** Nothing is asked of it then. */
  @Test
  void aClientThatKeepsNoStatementsIsLeftAlone() throws Exception {
    try (SwappingPooler pooler = new SwappingPooler(Services.postgres().freshDatabase())) {
      assertThat(look(pooler.url("&prepareThreshold=0"))).isEmpty();
    }
  }

  @Test
  void withoutAPoolerThereIsNothingToSay() throws Exception {
    assertThat(look(Services.postgres().freshDatabase())).isEmpty();
  }

  @Test
  @Tag("topology")
  void aRealOneIsFoundAndLeftAloneWhereItIsRight() throws Exception {
    WorldConfig direct =
        WorldConfig.defaults().withConnectionString(Services.postgres().freshDatabase());
    try (PgBouncer bouncer = PgBouncer.before(direct)) {
      assertIsFound(look(bouncer.url().replace("?prepareThreshold=0", "")));
      assertThat(look(bouncer.url())).isEmpty();
    }
  }
}

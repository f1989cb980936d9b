package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.run.Runs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.mapping.SqlCommandType;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MapperHygieneTest {

  private static final List<String> CHANGING =
      List.of(
          "insert into",
          "update @",
          "update \"",
          "delete from",
          "append_v1(",
          "claim_v1(",
          "heartbeat_v1(",
          "relay_v1(",
          "reschedule_v1(");

  private final List<MappedStatement> statements =
      List.copyOf(
          Statements.configuration(
                  new Environment("t", new JdbcTransactionFactory(), new PGSimpleDataSource()),
                  "public")
              .getMappedStatements());

  @Test
  void everyChangingSelectSaysThatItChanges() {
    assertThat(statements).isNotEmpty();
    for (MappedStatement statement : statements) {
      String sql = normal(statement.getSqlSource().getBoundSql(new Everything()).getSql());
      boolean changes = CHANGING.stream().anyMatch(sql::contains);
      if (statement.getSqlCommandType() == SqlCommandType.SELECT && changes) {
        assertThat(statement.isDirtySelect()).describedAs(statement.getId()).isTrue();
        assertThat(statement.isFlushCacheRequired()).describedAs(statement.getId()).isTrue();
      }
    }
  }

  @Test
  void noStatementIsPutTogetherFromTextAndAllNameTheirColumns() throws IOException {
    for (Class<?> mapper : Statements.MAPPERS) {
      try (var in = mapper.getResourceAsStream(mapper.getSimpleName() + ".xml")) {
        String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(xml).doesNotContain("${").doesNotContainPattern("(?i)select\\s+\\*");
      }
    }
  }

  private static String normal(String sql) {
    return sql.toLowerCase(java.util.Locale.ROOT).replaceAll("\\s+", " ");
  }

  /** Stands for any parameter object of a dynamic statement. */
  static final class Everything extends java.util.HashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    @Override
    public Object get(Object key) {
      return switch ((String) key) {
        case "page" -> new Keyset(true, 1, null, null, null, null);
        case "asks" -> new CustodyMapper.Asking("", "", new String[0], false, 1);
        case "q" -> RunQuery.of(Runs.of("w").where(AttributeKey.number("n").between(1L, 2L)));
        default -> false;
      };
    }

    @Override
    public boolean containsKey(Object key) {
      return true;
    }
  }
}

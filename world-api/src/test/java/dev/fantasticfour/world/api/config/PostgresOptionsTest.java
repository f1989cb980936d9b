package dev.fantasticfour.world.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresOptionsTest {

  private static PostgresOptions parse(String url) {
    return PostgresOptions.ofUrl("THE_VARIABLE", url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgresql://ann:p%40ss@h:7000/d                  | h:7000          | ann | p@ss | d",
        "postgres://ann:p%40ss@h:7000/d                    | h:7000          | ann | p@ss | d",
        "jdbc:postgresql://h:7000/d?user=ann&password=p%40ss | h:7000        | ann | p@ss | d",
        "jdbc:postgresql://ann:p%40ss@h:7000/d             | h:7000          | ann | p@ss | d",
        "PostgreSQL://ann:p%40ss@h:7000/d                  | h:7000          | ann | p@ss | d",
        "postgresql://h/d                                  | h:5432          |     |      | d",
        "postgresql://h                                    | h:5432          |     |      | ''",
        "postgresql://ann@h/                               | h:5432          | ann |      | ''",
        "postgresql://h:/d                                 | h:5432          |     |      | d",
        "postgresql:///d                                   | localhost:5432  |     |      | d",
        "postgresql:///d?host=h&port=7000                  | h:7000          |     |      | d",
        "postgresql:///?host=h&dbname=d&user=ann           | h:5432          | ann |      | d",
        "postgresql:///d?host=::1                          | [::1]:5432      |     |      | d",
        "jdbc:postgresql:d                                 | localhost:5432  |     |      | d",
        "jdbc:postgresql:/                                 | localhost:5432  |     |      | ''",
        "jdbc:postgresql:d?user=ann                        | localhost:5432  | ann |      | d",
        "postgresql://a,b:7000/d                           | a:5432,b:7000   |     |      | d",
        "postgresql://ann:pw@[::1]:7000,[fe80::2]/d        | [::1]:7000,[fe80::2]:5432 | ann | pw |"
            + " d",
        "jdbc:postgresql://[::1],h:7000/d                  | [::1]:5432,h:7000 |   |      | d",
        "postgresql://h/d?user=ann&password=a@b            | h:5432          | ann | a@b  | d",
        "postgresql://ann:pw@h/d?password=other            | h:5432          | ann | pw   | d",
        "postgresql://h/my%20data                          | h:5432          |     |      | my"
            + " data",
        "postgresql://my_host.local:1/d                    | my_host.local:1 |     |      | d",
      })
  void everyFormIsReadAlike(
      String url, String place, String user, String password, String database) {
    PostgresOptions options = parse(url);

    assertThat(options.place()).isEqualTo(place);
    assertThat(options.user()).isEqualTo(user);
    assertThat(options.password()).isEqualTo(password);
    assertThat(options.database()).isEqualTo(database == null ? "" : database);
    assertThat(options.jdbcUrl(Map.of())).doesNotContain("ann").doesNotContain("ss@");
    assertThat(parse(options.jdbcUrl(Map.of())))
        .as("read again")
        .isEqualTo(
            new PostgresOptions(
                options.hosts(), options.database(), null, null, options.parameters()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b", "a b", "a#b", "a?b", "a@b", "a:b", "a[b]", "a&b=c", "a,b", "1", "1/0", "a+b", "a\"b",
        "a'b", "a\\b", "a$b", "a{b}", "a;b", "a|b", "a^b", "a`b", "a~b", "a!b", "a*b", "a(b)",
            "a=b",
        "a<b>", "ä€", "@", "/", "?", "#", "//", "@@", "/?#@"
      })
  void aPasswordMayHoldAnyCharacterAsItIs(String password) {
    for (String begin : List.of("postgresql://", "postgres://", "jdbc:postgresql://")) {
      PostgresOptions options = parse(begin + "ann:" + password + "@h:7000/d?sslmode=require");

      assertThat(options.password()).isEqualTo(password);
      assertThat(options.user()).isEqualTo("ann");
      assertThat(options.hosts()).containsExactly("h:7000");
      assertThat(options.database()).isEqualTo("d");
      assertThat(options.parameters()).containsExactly(Map.entry("sslmode", "require"));
    }
  }

  @Test
  void whatIsSaidGoesToTheDriverInItsWords() {
    assertThat(
            parse(
                    "postgresql://a,b/d?sslmode=verify-full&connect_timeout=1&application_name=x%20y"
                        + "&target_session_attrs=read-write&keepalives=0&options=-c%20work_mem%3D1MB")
                .jdbcUrl(Map.of("connectTimeout", "5", "socketTimeout", "60")))
        .isEqualTo(
            "jdbc:postgresql://a:5432,b:5432/d?sslmode=verify-full&connectTimeout=1"
                + "&ApplicationName=x%20y&targetServerType=primary&tcpKeepAlive=false"
                + "&options=-c%20work_mem%3D1MB&socketTimeout=60");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mysql://ann:geheim@h/d                       | look like postgresql://",
        "ann:geheim@h/d                               | look like postgresql://",
        "geheim                                       | look like postgresql://",
        "postgresql://ann:geheim@h:port/d             | look like postgresql://",
        "postgresql://ann:ge heim@h:port/d            | look like postgresql://",
        "postgresql://ann:ge/heim#x@h:port/d          | look like postgresql://",
        "postgresql://ann:geheim@h:99999/d            | ports from 1 to 65535",
        "postgresql://ann:geheim@h:0/d                | ports from 1 to 65535",
        "postgresql://ann:geheim@h:123456789012/d     | ports from 1 to 65535",
        "postgresql://ann:geheim@a,,b/d               | name hosts",
        "postgresql://ann:geheim@:7000/d              | name hosts",
        "postgresql://ann:geheim@[::1/d               | look like postgresql://",
        "postgresql://ann:geheim%zz@h/d               | %25",
        "postgresql://ann:geheim@h/d?host=other       | name its host once",
        "postgresql://ann:geheim@/d?host=/var/run/pg  | Unix sockets",
        "postgresql://ann:geheim@%2Fvar%2Frun/d       | Unix sockets",
        "jdbc:postgresql://h:port/d?password=geheim   | look like postgresql://",
        "jdbc:postgresql://h:99999/d?password=ge'heim | ports from 1 to 65535",
      })
  void whatCannotBeReadIsRefusedWithoutItsPassword(String url, String words) {
    assertThatThrownBy(() -> parse(url))
        .isInstanceOfSatisfying(
            WorldException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageStartingWith("THE_VARIABLE must ")
        .hasMessageContaining(words)
        .hasMessageNotContaining("heim")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://ann:geheim@h/d, postgresql://ann:***@h:5432/d",
    "postgresql://h/d?sslpassword=geheim&sslmode=require,"
        + " postgresql://h:5432/d?sslpassword=***&sslmode=require",
    "jdbc:postgresql://h/d?password=geheim, postgresql://:***@h:5432/d",
  })
  void itsTextIsTheAddressWithoutSecrets(String url, String shown) {
    assertThat(parse(url)).hasToString(shown);
  }
}

package dev.fantasticfour.world.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

  @ParameterizedTest
  @CsvSource({
    "postgresql://ann:geheim@h:5432/d, postgresql://ann:***@h:5432/d",
    "postgresql://ann@h/d, postgresql://ann@h/d",
    "postgresql://h:5432/d, postgresql://h:5432/d",
    "postgresql://ann:ge/he?im@h/d, postgresql://ann:***@h/d",
    "postgresql://ann:ge@heim@h/d, postgresql://ann:***@h/d",
    "redis://geheim@h, redis://***@h",
    "redis://:geheim@h, redis://:***@h",
    "ann:geheim@h, ann:***@h",
    "mail to ann@h, mail to ann@h",
    "jdbc:postgresql://h/d?user=ann&password=geheim&ssl=true,"
        + " jdbc:postgresql://h/d?user=ann&password=***&ssl=true",
    "jdbc:postgresql://h/d?sslPassword=geheim, jdbc:postgresql://h/d?sslPassword=***",
    "cannot reach redis://u:geheim@h now, cannot reach redis://u:***@h now",
    "postgresql://ann:ge heim@h/d, postgresql://ann:***@h/d",
    "postgresql://ann:ge#heim@h/d, postgresql://ann:***@h/d",
    "postgresql://ann:geheim, postgresql://***",
    "cannot reach redis://h:1: refused, cannot reach redis://h:1: refused",
    "PostgreSQL: no answer at h:5432 (ann@h), PostgreSQL: no answer at h:5432 (ann@h)",
    "jdbc:postgresql://h/d?password=ge'he im, jdbc:postgresql://h/d?password=***",
    "like redis://u:word@h:1 is 'redis://u:geheim@i:1', like redis://u:***@h:1 is"
        + " 'redis://u:***@i:1'",
    "{user=ann; password=geheim}, {user=ann; password=***",
    "is 'jdbc:postgresql://h/d?password=***', is 'jdbc:postgresql://h/d?password=***'",
  })
  void passwordsAreReplacedAndTheRestStays(String text, String shown) {
    assertThat(Secrets.mask(text)).isEqualTo(shown);
  }

  @Test
  void nothingIsSaidToBeNotSet() {
    assertThat(Secrets.mask(null)).isEqualTo("(not set)");
  }
}

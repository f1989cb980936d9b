package dev.fantasticfour.world.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;

/** What the code of an application is called. */
class BuildNamesTest {

  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private static Properties properties(String... pairs) {
    Properties properties = new Properties();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.setProperty(pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  private static final BuildProperties BUILD =
      new BuildProperties(properties("version", "1.4", "time", "2026-11-30T12:00:00Z"));

  @Test
  void aCommitIsTheNameOfABuild() {
    GitProperties git = new GitProperties(properties("commit.id", COMMIT));
    assertThat(BuildNames.of(git, BUILD)).contains("0123456");
    assertThat(BuildNames.of(git, null)).contains("0123456");
  }

  @Test
  void aBuildOfSomethingThatWasNotCommittedIsCalledByItsTime() {
    GitProperties dirty = new GitProperties(properties("commit.id", COMMIT, "dirty", "true"));
    assertThat(BuildNames.of(dirty, BUILD))
        .hasValueSatisfying(name -> assertThat(name).startsWith("1.4-"));
    assertThat(BuildNames.of(dirty, null)).isEmpty();
  }

  @Test
  void withoutFilesOfTheBuildItHasNoName() {
    assertThat(BuildNames.of(null, null)).isEmpty();
    assertThat(BuildNames.of(null, new BuildProperties(properties("version", "1.4")))).isEmpty();
  }

  @Test
  void everyRestartIsAnotherBuild() {
    Instant now = Instant.parse("2026-11-30T12:00:00Z");
    assertThat(BuildNames.ofRestart(now))
        .startsWith("dev-")
        .isNotEqualTo(BuildNames.ofRestart(now.plusMillis(1)));
    assertThat(BuildNames.isRestarting(BuildNamesTest.class.getClassLoader())).isFalse();
  }
}

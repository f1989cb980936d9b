package dev.fantasticfour.world.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PlatformTest {

  @Test
  void linuxAndMacAreKnownByTheNamesJavaGivesThem() {
    assertThat(Platform.of("Linux", "amd64", true)).isEqualTo(new Platform("linux", "amd64", true));
    assertThat(Platform.of("Mac OS X", "aarch64", false))
        .isEqualTo(new Platform("darwin", "arm64", false));
  }

  @Test
  void anotherPlatformIsToldWhatToDo() {
    assertThatThrownBy(() -> Platform.of("Windows 11", "amd64", false))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("Windows 11")
        .hasMessageContaining("WORKFLOW_POSTGRES_URL");
  }
}

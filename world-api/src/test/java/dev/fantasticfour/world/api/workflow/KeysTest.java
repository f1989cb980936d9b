package dev.fantasticfour.world.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeysTest {

  static List<Function<String, ?>> keys() {
    return List.of(
        name -> WorkflowType.of(name, String.class, String.class),
        name -> StepType.of(name, String.class, String.class),
        name -> HookType.of(name, String.class),
        name -> StreamType.of(name, String.class));
  }

  static List<Arguments> badNames() {
    return keys().stream()
        .flatMap(
            key ->
                List.of("", " ", "a\0b", "a\uD800b", "\uDC00", "n".repeat(1_001)).stream()
                    .map(name -> Arguments.of(key, name)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void aNameThatNoStoreKeepsIsRefused(Function<String, ?> key, String name) {
    assertThatThrownBy(() -> key.apply(name))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("name must");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void anyOtherNameIsTaken(Function<String, ?> key) {
    assertThat(key.apply("auftrag/größe 💶 " + "n".repeat(900))).isNotNull();
  }

  @Test
  void theOptionsOfAStepAreChangedOneByOne() {
    StepType<String, String> step =
        StepType.of("charge", String.class, String.class)
            .attempts(8)
            .timeout(Duration.ofSeconds(20))
            .queued();

    assertThat(step.options().retry().attempts()).isEqualTo(8);
    assertThat(step.options().retry().initial()).isEqualTo(RetryPolicy.DEFAULT.initial());
    assertThat(step.options().timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(step.options().placement()).isEqualTo(StepOptions.Placement.QUEUED);
  }

  @Test
  void aTimeoutMustBePositive() {
    StepType<String, String> step = StepType.of("charge", String.class, String.class);

    assertThatThrownBy(() -> step.timeout(Duration.ZERO))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("PT0S");
  }

  @Test
  void theLimitsOfAStepAreChangedOneByOne() {
    StepOptions options =
        StepType.of("charge", String.class, String.class)
            .overallTimeout(Duration.ofHours(1))
            .heartbeatTimeout(Duration.ofSeconds(30))
            .options()
            .lostAttempts(3);

    assertThat(options.timeout()).isNull();
    assertThat(options.overallTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(options.heartbeatTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.lostAttempts()).isEqualTo(3);
    assertThat(StepOptions.DEFAULT.lostAttempts()).isEqualTo(10);
  }

  @Test
  void limitsThatMakeNoSenseAreRefusedAndNamed() {
    StepType<String, String> step = StepType.of("charge", String.class, String.class);

    assertThatThrownBy(() -> step.overallTimeout(Duration.ofSeconds(-1)))
        .isInstanceOf(WorldException.class)
        .hasMessage(
            "step options: overall timeout must be positive, is PT-1S; leave it out for none");
    assertThatThrownBy(() -> step.heartbeatTimeout(Duration.ZERO))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("heartbeat timeout must be positive, is PT0S");
    assertThatThrownBy(() -> step.options().lostAttempts(-1))
        .isInstanceOf(WorldException.class)
        .hasMessageContaining("must not be negative, is -1");
  }

  @Test
  void aTypeWithArgumentsIsKeptWhole() {
    assertThat(new ValueType<List<String>>() {}.toString())
        .isEqualTo("java.util.List<java.lang.String>");
    assertThat(new ValueType<List<String>>() {}).isEqualTo(new ValueType<List<String>>() {});
    assertThat(ValueType.of(String.class)).isNotEqualTo(ValueType.of(Integer.class));
  }
}

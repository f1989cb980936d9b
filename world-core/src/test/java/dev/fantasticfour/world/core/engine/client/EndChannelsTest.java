package dev.fantasticfour.world.core.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import org.junit.jupiter.api.Test;

class EndChannelsTest {

  private final SilentStreamer streamer = new SilentStreamer();
  private final EndChannels channels =
      new EndChannels(new SystemMachine(), streamer, run -> {}, () -> {});

  @Test
  void whatWasAnnouncedBeforeTheCloseIsToldBeforeItReturns() {
    for (int i = 0; i < 1_000; i++) {
      channels.announce(new RunId("run-" + i), "app");
    }
    channels.close();
    assertThat(streamer.announced()).hasSize(1_000);
  }

  @Test
  void aChannelThatIsClosedKeepsNoOtherFromBeingTold() {
    streamer.refuse(EndChannels.channel("closed"));
    channels.announce(new RunId("untold"), "closed");
    channels.announce(new RunId("told"), "open");
    channels.announce(new RunId("untold-too"), "closed");
    channels.announce(new RunId("told-too"), "open");
    channels.close();
    assertThat(streamer.announced()).containsExactly("told", "told-too");
  }

  @Test
  void nothingIsCoveredUntilTheListeningHasBegun() {
    channels.listen("app");
    assertThat(channels.isCoveredSince(channels.coverage("app"), "app")).isFalse();
    begin();
    assertThat(channels.isCoveredSince(channels.coverage("app"), "app")).isTrue();
  }

  @Test
  void aGapEndsWhatIsCovered() {
    channels.listen("app");
    begin();
    long since = channels.coverage("app");
    begin();
    assertThat(channels.isCoveredSince(since, "app")).isFalse();
  }

  @Test
  void whatBeganDuringAnInterruptionIsNotCoveredAfterIt() {
    channels.listen("app");
    begin();
    streamer.interrupt(true);
    long since = channels.coverage("app");
    streamer.interrupt(false);
    assertThat(channels.isCoveredSince(since, "app")).isFalse();
  }

  @Test
  void nothingIsCoveredOnAChannelThatNobodyListensTo() {
    assertThat(channels.isCoveredSince(channels.coverage("app"), "app")).isFalse();
  }

  private void begin() {
    streamer.gap(EndChannels.channel("app"));
  }
}

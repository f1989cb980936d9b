package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.cli.arch.FlightEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import jdk.jfr.Configuration;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import org.junit.jupiter.api.Test;

/** What is recorded by the settings that the documents tell people to take. */
class FlightSettingsTest {

  private static final Path SETTINGS = Path.of("src/main/resources/world.jfc");

  @Test
  void everyEventOfWorldIsSwitchedOnByName() throws IOException, ParseException {
    Map<String, String> settings = Configuration.create(SETTINGS).getSettings();

    assertThat(FlightEvents.names())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(settings).containsEntry(name + "#enabled", "true"));
  }

  @Test
  void everyEventThatIsNamedIsThere() throws IOException, ParseException {
    Map<String, String> settings = Configuration.create(SETTINGS).getSettings();

    assertThat(settings.keySet().stream().map(key -> key.substring(0, key.indexOf('#'))))
        .allMatch(
            name ->
                FlightEvents.names().contains(name)
                    || FlightRecorder.getFlightRecorder().getEventTypes().stream()
                        .map(EventType::getName)
                        .anyMatch(name::equals));
  }
}

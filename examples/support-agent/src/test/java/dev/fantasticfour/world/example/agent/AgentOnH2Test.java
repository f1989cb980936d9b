package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.api.config.WorldConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** On an adapter that was written from outside, which this application knows by name only. */
final class AgentOnH2Test extends KeptScenario {

  @TempDir Path directory;

  @Override
  WorldConfig emptyStore() {
    return WorldConfig.inMemory()
        .withStorage("h2")
        .withSettings(Map.of("WORKFLOW_H2_URL", "jdbc:h2:async:" + directory.resolve("agents")));
  }
}

package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The worlds of one test, over one store. */
@Timeout(90)
abstract class OneStore {

  static final Duration DAYS = Duration.ofDays(3);
  static final int MANY = 1_000;

  final HeldModel model = new HeldModel();
  final NotedTool refund = new NotedTool("refund", true);
  private WorldConfig config;

  /** A deployment whose store holds nothing yet. */
  abstract WorldConfig emptyStore();

  @BeforeEach
  void chooseTheStore() {
    config = emptyStore();
  }

  final World opened() {
    return opened(model, refund, DAYS, MANY);
  }

  /**
   * @param patience how long a yes to the tool is waited for
   * @param mostTurns after so many answers a conversation goes on in another run
   */
  final World opened(Model its, Tool refund, Duration patience, int mostTurns) {
    Agent agent = new Agent(its, List.of(new TrackTool(), refund), patience);
    World world = AgentApp.open(config, new AgentWorkflow(its, agent, mostTurns));
    world.start();
    return world;
  }
}

package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.bench.network.Precision;
import dev.fantasticfour.world.bench.server.Servers;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What every row is given: the servers, how much to measure, and whom to tell how far it is. */
public final class Bench {

  /** What the slow network adds in each direction. */
  public static final Duration ONE_WAY = Duration.ofNanos(250_000);

  private static final int PRECISION_ROUNDS = 2_000;
  private static final int PRECISION_ROUNDS_QUICK = 500;

  private final Servers servers;
  private final Plan plan;
  private final PrintWriter progress;
  private @Nullable Precision precision;

  /**
   * @param progress where a line is printed for every round
   */
  public Bench(Servers servers, Plan plan, PrintWriter progress) {
    this.servers = servers;
    this.plan = plan;
    this.progress = progress;
  }

  /** The servers. */
  public Servers servers() {
    return servers;
  }

  /** How much to measure. */
  public Plan plan() {
    return plan;
  }

  /** Says how far it is. */
  public void progress(String line) {
    progress.println("bench: " + line);
    progress.flush();
  }

  /** How exact the slow network is; measured when it is first asked for. */
  public Precision precision() throws IOException {
    Precision known = precision;
    if (known == null) {
      known = Precision.measure(ONE_WAY, plan.quick() ? PRECISION_ROUNDS_QUICK : PRECISION_ROUNDS);
      precision = known;
    }
    return known;
  }
}

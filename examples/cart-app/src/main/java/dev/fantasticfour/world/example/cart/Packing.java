package dev.fantasticfour.world.example.cart;

import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.StepFunction;
import java.io.IOException;
import java.util.List;

/**
 * Packs a parcel line by line. Whichever worker makes the next attempt, after a failure or a crash,
 * goes on at the line that the one before it had come to.
 */
final class Packing implements StepFunction<Parcel, String> {

  private final BackOffice office;

  Packing(BackOffice office) {
    this.office = office;
  }

  /** How many lines are in the parcel. */
  record Progress(int lines) {}

  @Override
  public String run(StepContext step, Parcel parcel) throws IOException, InterruptedException {
    List<Contents.Line> lines = parcel.lines();
    int packed = step.progress(Progress.class).map(Progress::lines).orElse(0);
    while (packed < lines.size()) {
      office.pack(lines.get(packed));
      packed++;
      step.heartbeat(new Progress(packed));
    }
    return "parcel to " + parcel.address();
  }
}

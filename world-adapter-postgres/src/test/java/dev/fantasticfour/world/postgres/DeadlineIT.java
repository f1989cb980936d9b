package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Deadline;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeadlineIT {

  private static final Instant DEADLINE = Instant.parse("2031-12-31T23:59:59.999999Z");

  @Test
  @DisplayName("CXL-5 SQL shows until when a run was to have ended, and why it was cancelled")
  void sqlShowsWhyARunWasCancelled() throws Exception {
    try (TestStore store = new TestStore()) {
      RunId run = TestStore.minted();
      Fact.RunCreated created = TestStore.creation("w").until(DEADLINE);
      store.accepted(TestStore.anyone(run, new Draft(null, Instant.now(), created)));
      store.accepted(
          TestStore.anyone(
              run, new Draft(null, Instant.now(), new Fact.RunTerminated(Deadline.REASON))));
      assertThat(
              store.sql(
                  "select concat_ws(', ', status, reason, deadline_at at time zone 'utc') from"
                      + " workflow_runs where run_id = '"
                      + run
                      + "'"))
          .singleElement()
          .asString()
          .contains("cancelled", "deadline", "2031-12-31 23:59:59.999999");
    }
  }
}

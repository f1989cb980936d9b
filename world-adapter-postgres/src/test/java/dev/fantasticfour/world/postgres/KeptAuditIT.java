package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.port.Audit;
import dev.fantasticfour.world.core.port.Audit.Deed;
import dev.fantasticfour.world.core.port.Audit.Outcome;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long PostgreSQL knows who did what (AUD-3). */
@Timeout(60)
class KeptAuditIT {

  private static void write(TestStore store, String request) {
    Deed deed = new Deed(request, "ada", "test", "cancel", "wrun_1", null, null);
    assertThat(store.storage.audit(deed, Outcome.DONE, null)).isTrue();
  }

  @Test
  void anEntryIsKeptForFourHundredDaysAndGoesWithWhatIsWrittenLater() throws SQLException {
    try (TestStore store = new TestStore()) {
      write(store, "1");
      store.offset = Audit.KEPT_FOR.minus(Duration.ofHours(1));
      write(store, "2");
      assertThat(store.sql("SELECT request_id FROM workflow_audit ORDER BY at"))
          .containsExactly("1", "2");
      store.offset = Audit.KEPT_FOR.plus(Duration.ofHours(1));
      write(store, "3");
      assertThat(store.sql("SELECT request_id FROM workflow_audit ORDER BY at"))
          .containsExactly("2", "3");
    }
  }
}

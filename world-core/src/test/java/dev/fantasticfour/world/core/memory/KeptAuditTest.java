package dev.fantasticfour.world.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.core.port.Audit;
import dev.fantasticfour.world.core.port.Audit.Deed;
import dev.fantasticfour.world.core.port.Audit.Outcome;
import dev.fantasticfour.world.core.port.Audit.Which;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long it is known who did what (AUD-3). */
class KeptAuditTest {

  private Instant now = Instant.parse("2026-03-01T09:30:00Z");
  private final MemoryStorage storage = new MemoryStorage(() -> now);

  private void write(String request) {
    Deed deed = new Deed(request, "ada", "test", "cancel", "wrun_1", null, null);
    assertThat(storage.audit(deed, Outcome.DONE, null)).isTrue();
  }

  private int entries() {
    return storage.audits(Which.ALL, PageRequest.newestFirst()).items().size();
  }

  @Test
  void anEntryIsKeptForFourHundredDaysAndGoesWithWhatIsWrittenLater() {
    write("1");
    now = now.plus(Audit.KEPT_FOR);
    write("2");
    assertThat(entries()).isEqualTo(2);
    now = now.plus(Duration.ofMillis(1));
    assertThat(entries()).isEqualTo(2);
    write("3");
    assertThat(entries()).isEqualTo(2);
    storage.close();
  }
}

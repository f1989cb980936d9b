package dev.fantasticfour.world.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is cut off, and where. */
class TableTest {

  private static final String LONG = "because ".repeat(40).strip();

  @Test
  void aPipeGetsWhatATerminalHasNoRoomFor() {
    Table table = new Table("run", "stalled").row("wrun_1", LONG);
    assertThat(table.text(OptionalInt.empty())).contains(LONG);
    assertThat(table.text(OptionalInt.of(100)).lines()).allMatch(line -> line.length() < 100);
  }

  @Test
  void factsAreNeverCutAndKeepTheirLines() {
    assertThat(new Facts().add("run", "wrun_1").add("reason", LONG + "\nand so").add("x", null))
        .hasToString("run     wrun_1\nreason  " + LONG + "\n        and so");
  }
}

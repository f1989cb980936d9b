package dev.fantasticfour.world.cli.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The README says of our adapters what the reports of the kit say. The reports are made by the
 * tests of all modules, so this one is for a build of the whole; {@code -Dworld.table.write=true}
 * writes the table anew.
 */
final class ConformanceTableIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String BEGIN = "<!-- conformance: made by ConformanceTableIT -->\n";
  private static final String END = "<!-- end of conformance -->";

  @Test
  void theReadmeSaysWhatTheReportsSay() throws IOException {
    Path readme = ROOT.resolve("README.md");
    String text = Files.readString(readme);
    String table = ConformanceTable.read(ROOT).markdown();
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if (Boolean.getBoolean("world.table.write")) {
      text = text.substring(0, begin) + "\n" + table + "\n" + text.substring(end);
      Files.writeString(readme, text);
      end = text.indexOf(END);
    }

    assertThat(text.substring(begin, end).strip()).isEqualTo(table.strip());
  }

  @Test
  void everyAdapterIsConformant() throws IOException {
    assertThat(ConformanceTable.read(ROOT).conformance())
        .hasSizeGreaterThan(5)
        .allSatisfy((adapter, conformant) -> assertThat(conformant).as(adapter).isTrue());
  }
}

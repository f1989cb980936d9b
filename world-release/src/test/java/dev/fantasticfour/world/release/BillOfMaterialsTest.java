package dev.fantasticfour.world.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each library once, under a licence that was allowed. */
class BillOfMaterialsTest {

  private static final String GOOD = library("good", "{\"license\": {\"id\": \"MIT\"}}");

  @TempDir Path temporary;

  private static String library(String name, String licences) {
    return """
    {"type": "library", "group": "com.example", "name": "%s", "version": "1.2",
     "licenses": [%s]}
    """
        .formatted(name, licences);
  }

  private BillOfMaterials bill(String... libraries) throws IOException {
    Path file = temporary.resolve("bill.json");
    Files.writeString(
        file,
        "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"components\": ["
            + String.join(",", libraries)
            + "]}");
    return BillOfMaterials.of(file);
  }

  @Test
  void librariesUnderAllowedLicencesAreFine() throws IOException {
    BillOfMaterials bill =
        bill(
            GOOD,
            library(
                "choice",
                "{\"license\": {\"name\": \"of their own\"}}, {\"license\": {\"id\":"
                    + " \"Apache-2.0\"}}"));
    assertThat(bill.components()).hasSize(2);
    assertThat(bill.troubles()).isEmpty();
  }

  @Test
  void aLicenceThatNobodyAllowedIsTold() throws IOException {
    assertThat(bill(GOOD, library("bad", "{\"license\": {\"id\": \"GPL-3.0-only\"}}")).troubles())
        .singleElement()
        .asString()
        .contains("com.example:bad:1.2", "GPL-3.0-only");
    assertThat(bill(library("bad", "{\"expression\": \"SSPL-1.0 OR BUSL-1.1\"}")).troubles())
        .singleElement()
        .asString()
        .contains("SSPL-1.0 OR BUSL-1.1");
  }

  @Test
  void noLicenceIsNoneThatIsAllowed() throws IOException {
    assertThat(bill(library("mute", "")).troubles())
        .singleElement()
        .asString()
        .contains("com.example:mute:1.2", "no licence");
  }

  @Test
  void aLibraryThatIsListedTwiceIsTold() throws IOException {
    assertThat(bill(GOOD, GOOD.replace("1.2", "1.3")).troubles())
        .singleElement()
        .asString()
        .contains("com.example:good:1.3");
  }

  @Test
  void whatIsNoBillIsTold() throws IOException {
    Path file = Files.writeString(temporary.resolve("other.json"), "{}");
    assertThat(BillOfMaterials.of(file).troubles()).isNotEmpty();
  }
}

package dev.fantasticfour.world.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has been released stays as it is. */
class FrozenMigrationsTest {

  private static final Path LIST = Path.of("src/released/migrations.sha256");
  private static final Path MIGRATIONS =
      Build.ROOT.resolve(
          "world-adapter-postgres/src/main/resources/dev/fantasticfour/world/postgres/migration");

  @TempDir Path temporary;
  private Path migrations;
  private Path list;

  @BeforeEach
  void release() throws IOException {
    migrations = Files.createDirectory(temporary.resolve("migration"));
    StringBuilder lines = new StringBuilder();
    for (String name : new String[] {"V0001__tables.sql", "V0003__functions.sql"}) {
      Path file = Files.writeString(migrations.resolve(name), "select '" + name + "';\n");
      lines.append(FrozenMigrations.sha256(file)).append("  ").append(name).append('\n');
    }
    list = Files.writeString(temporary.resolve("migrations.sha256"), lines);
  }

  @Test
  void thoseOfThisBuildAreWhatWasReleased() throws IOException {
    assertThat(MIGRATIONS).isDirectoryContaining("glob:**/V0001__*.sql");
    if (!Files.exists(LIST)) {
      System.out.println("Nothing has been released: migrations may still be changed.");
    }
    assertThat(FrozenMigrations.troubles(LIST, MIGRATIONS)).isEmpty();
  }

  @Test
  void aNewOneComesAfterThem() throws IOException {
    Files.writeString(migrations.resolve("V0004__more.sql"), "select 1;");
    assertThat(FrozenMigrations.troubles(list, migrations)).isEmpty();

    Files.writeString(migrations.resolve("V0002__between.sql"), "select 1;");
    assertThat(FrozenMigrations.troubles(list, migrations))
        .singleElement()
        .asString()
        .contains("V0002__between.sql", "V0003__functions.sql");
  }

  @Test
  void oneByteMoreIsTold() throws IOException {
    Path file = migrations.resolve("V0001__tables.sql");
    Files.writeString(file, Files.readString(file) + "\n");
    assertThat(FrozenMigrations.troubles(list, migrations))
        .singleElement()
        .asString()
        .contains("V0001__tables.sql", "was changed", "new migration");
  }

  @Test
  void oneThatIsGoneIsTold() throws IOException {
    Files.delete(migrations.resolve("V0003__functions.sql"));
    assertThat(FrozenMigrations.troubles(list, migrations))
        .singleElement()
        .asString()
        .contains("V0003__functions.sql", "gone");
  }

  @Test
  void aListThatFreezesNothingIsRefused() throws IOException {
    Files.writeString(list, "");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrozenMigrations.troubles(list, migrations))
        .withMessageContaining("names no migration");
    Files.writeString(list, "unreleased\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrozenMigrations.troubles(list, migrations))
        .withMessageContaining("unreleased");
  }
}

package dev.fantasticfour.world.release;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What the published jars are where there are modules. */
class ModuleNamesIT {

  private static final String OURS = "dev.fantasticfour.world.";
  private static final String UNPUBLISHED = OURS + "unpublished";

  @Test
  void everyPublishedJarHasANameOfItsOwn() throws IOException {
    Set<String> names = new HashSet<>();
    for (String module : Build.jars()) {
      try (JarFile jar = new JarFile(Build.jar(module).toFile())) {
        String name = jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
        assertThat(name).as(module).startsWith(OURS).isNotEqualTo(UNPUBLISHED);
        assertThat(names.add(name)).as(name + " of " + module + " is new").isTrue();
      }
    }
    assertThat(names).contains(OURS + "api", OURS + "core");
  }

  @Test
  void theApiIsAModuleThatNeedsNothingToRun() throws IOException {
    try (JarFile jar = new JarFile(Build.jar("world-api").toFile());
        InputStream described = jar.getInputStream(jar.getEntry("module-info.class"))) {
      ModuleDescriptor api = ModuleDescriptor.read(described);
      assertThat(api.name()).isEqualTo(OURS + "api");
      assertThat(api.requires().stream().filter(each -> !isStatic(each)).map(Requires::name))
          .containsExactly("java.base");
      assertThat(api.requires().stream().filter(ModuleNamesIT::isStatic).map(Requires::name))
          .containsExactly("org.jspecify");
      assertThat(api.exports().stream().map(Exports::source).collect(toSet()))
          .as("all of it may be used")
          .isEqualTo(packages("world-api"));
      assertThat(api.uses())
          .containsExactlyInAnyOrder(
              OURS + "api.WorldProvider", OURS + "api.config.EmbeddedServers");
    }
  }

  private static boolean isStatic(Requires required) {
    return required.modifiers().contains(Requires.Modifier.STATIC);
  }

  /** Two modules of one layer cannot have a package both. */
  @Test
  void noPackageIsInTwoOfThem() throws IOException {
    Map<String, String> owners = new HashMap<>();
    for (String module : Build.jars()) {
      for (String each : packages(module)) {
        String other = owners.put(each, module);
        assertThat(other).as(each + " is in " + module + " as well").isNull();
      }
    }
    assertThat(owners).hasSizeGreaterThan(20);
  }

  private static Set<String> packages(String module) throws IOException {
    try (JarFile jar = new JarFile(Build.jar(module).toFile())) {
      return jar.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && name.contains("/"))
          .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
          .collect(toSet());
    }
  }
}

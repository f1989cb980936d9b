package dev.fantasticfour.world.cli.replay;

import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads the classes of an application beside those of the command line: both have libraries of
 * their own, in versions of their own. They share what they talk by: the interfaces of World, and
 * Jackson, which reads values as the annotations of the application say.
 */
final class ApplicationLoader extends URLClassLoader {

  private static final List<String> SHARED =
      List.of(
          "dev.fantasticfour.world.api.",
          "org.jspecify.annotations.",
          "com.fasterxml.jackson.annotation.",
          "com.fasterxml.jackson.core.",
          "com.fasterxml.jackson.databind.");

  private ApplicationLoader(URL[] places) {
    super("application", places, ClassLoader.getPlatformClassLoader());
  }

  static ApplicationLoader of(ClassPath path) {
    return new ApplicationLoader(
        path.places().stream().map(ApplicationLoader::url).toArray(URL[]::new));
  }

  private static URL url(Path place) {
    try {
      return place.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException("no address of '" + place + "'", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return SHARED.stream().anyMatch(name::startsWith)
        ? Class.forName(name, false, ApplicationLoader.class.getClassLoader())
        : super.loadClass(name, resolve);
  }
}

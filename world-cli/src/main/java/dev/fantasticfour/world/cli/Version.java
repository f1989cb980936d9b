package dev.fantasticfour.world.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** What {@code world --version} says: the version of World, and the JDK it runs on. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {"World " + number() + " on JDK " + Runtime.version()};
  }

  /** The version of World. */
  static String number() throws IOException {
    try (InputStream text = Version.class.getResourceAsStream("version.txt")) {
      if (text == null) {
        throw new IOException("version.txt is missing beside " + Version.class.getName());
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}

package dev.fantasticfour.world.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The scripts, one per atomic operation; what several of them begin with is put before each. */
enum LuaScript {
  ENQUEUE("queue", "enqueue"),
  TURN("queue", "turn"),
  MISSING("queue", "missing"),
  STATS("queue", "stats"),
  DEAD("queue", "dead"),
  REVIVE("queue", "revive"),
  DROP("queue", "drop"),
  LEAVE("", "leave"),
  WRITE("stream", "write"),
  OPEN("stream", "open"),
  FORGET("stream", "forget"),
  END("stream", "end"),
  END_LIFE("stream", "end_life"),
  END_ALL("stream", "end_all"),
  PAGE("stream", "page"),
  NAMES("stream", "names"),
  TRIAL("", "trial");

  private final String text;
  private final String digest;

  LuaScript(String beginning, String name) {
    text = (beginning.isEmpty() ? "" : resource(beginning)) + resource(name);
    digest = sha1(text);
  }

  String text() {
    return text;
  }

  /** How the server names it once loaded. */
  String digest() {
    return digest;
  }

  private static String resource(String name) {
    try (InputStream in = LuaScript.class.getResourceAsStream(name + ".lua")) {
      if (in == null) {
        throw new IllegalStateException(name + ".lua is missing from the jar");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}

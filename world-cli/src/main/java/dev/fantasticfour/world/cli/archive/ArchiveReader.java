package dev.fantasticfour.world.cli.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.export.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads what an {@link ArchiveWriter} wrote, one history after the other, with one of them in
 * memory. What a history says of itself is checked by whoever takes it in; here it is whether all
 * of them are there. For one thread.
 */
final class ArchiveReader {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String name;
  private final BufferedReader in;
  private final Digest digest = new Digest();
  private long line;
  private long runs;

  /**
   * One of them.
   *
   * @param line its first line in the file, from 1
   */
  record Found(String run, long line, String text) {}

  /**
   * @param name of the file, for messages
   */
  ArchiveReader(String name, BufferedReader in) {
    this.name = name;
    this.in = in;
  }

  /**
   * The next history; empty at the end.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} where the file was cut off or changed
   */
  Optional<Found> next() throws IOException {
    String first = take();
    if (first == null) {
      throw refused("it ends behind line " + line + " without the line that closes it");
    }
    JsonNode head = parsed(first);
    if (head.has("end")) {
      checkEnd(head);
      return Optional.empty();
    }
    digest.add(first);
    StringBuilder text = new StringBuilder(first).append('\n');
    long began = line;
    for (String each = take(); ; each = take()) {
      if (each == null) {
        throw refused("it ends behind line " + line + ", in the middle of a history");
      }
      digest.add(each);
      text.append(each).append('\n');
      if (isTrailer(each)) {
        runs++;
        return Optional.of(new Found(head.path("run").asText("?"), began, text.toString()));
      }
    }
  }

  /** Only the last line of a history has no position and a hash. */
  private boolean isTrailer(String text) {
    return text.startsWith("{\"events\":") && parsed(text).has("sha256");
  }

  private void checkEnd(JsonNode end) throws IOException {
    if (end.path("end").asLong(-1) != runs
        || !end.path("sha256").asText("").equals(digest.take())) {
      throw refused("it is not what was written: runs are missing, or were put in another order");
    }
    if (take() != null) {
      throw refused("line " + line + " stands behind its end");
    }
  }

  private String take() throws IOException {
    String text = in.readLine();
    line += text == null ? 0 : 1;
    return text;
  }

  private JsonNode parsed(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      // Whatever it is, it is no line of such a file.
    }
    throw refused(
        "line " + line + " is none of a history. Is it a file that `world export` wrote?");
  }

  private WorldException refused(String why) {
    return new WorldException(
        ErrorCode.INVALID_ARGUMENT,
        "cannot read '" + name + "': " + why + "; " + runs + " histories were whole");
  }
}

package dev.fantasticfour.world.core.engine.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.fantasticfour.world.api.Payload;
import java.io.IOException;
import java.util.Arrays;

/** JSON as it stands in lines. */
final class JsonText {

  /** What was written can be read, however long; messages never show a value. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonText() {}

  /** Whether a payload can stand in a line as it is, and be read back to the byte. */
  static boolean isOneLine(Payload payload) {
    if (!payload.isJson()) {
      return false;
    }
    String text = payload.text();
    return text.equals(text.strip())
        && text.chars().noneMatch(c -> c == '\n' || c == '\r')
        && Arrays.equals(text.getBytes(UTF_8), payload.bytes())
        // Within a line it lies one level deeper.
        && isDocument('[' + text + ']');
  }

  private static boolean isDocument(String list) {
    try (JsonParser parser = FACTORY.createParser(list)) {
      parser.nextToken();
      if (parser.nextToken() == JsonToken.END_ARRAY) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == JsonToken.END_ARRAY && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}

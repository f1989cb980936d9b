package dev.fantasticfour.world.core.engine.export;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fantasticfour.world.api.Payload;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one line: a JSON object whose members that are null are left out. For one thread. */
final class LineWriter {

  private final StringWriter text = new StringWriter();
  private final JsonGenerator json;

  LineWriter() {
    try {
      json = JsonText.FACTORY.createGenerator(text);
      json.writeStartObject();
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  LineWriter put(String name, @Nullable String value) {
    return value == null ? this : write(name, () -> json.writeString(value));
  }

  LineWriter put(String name, @Nullable Instant value) {
    return put(name, value == null ? null : value.toString());
  }

  LineWriter put(String name, long value) {
    return write(name, () -> json.writeNumber(value));
  }

  LineWriter put(String name, @Nullable Integer value) {
    return value == null ? this : put(name, value.longValue());
  }

  LineWriter put(String name, @Nullable Boolean value) {
    return value == null ? this : write(name, () -> json.writeBoolean(value));
  }

  LineWriter put(String name, List<String> values) {
    return write(name, () -> json.writeArray(values.toArray(String[]::new), 0, values.size()));
  }

  /** A document that is JSON already, in one line. */
  LineWriter document(String name, @Nullable String value) {
    return value == null ? this : write(name, () -> json.writeRawValue(value));
  }

  /** A payload as it is where it is a JSON document in one line; its codec and its bytes if not. */
  LineWriter payload(String name, @Nullable Payload value) {
    if (value == null) {
      return this;
    }
    return JsonText.isOneLine(value)
        ? document(name, value.text())
        : put(name + Line.CODEC, value.codec())
            .put(name + Line.BYTES, Base64.getEncoder().encodeToString(value.bytes()));
  }

  /** The line, without its end. */
  String line() {
    try {
      json.writeEndObject();
      json.close();
    } catch (IOException e) {
      throw unexpected(e);
    }
    return text.toString();
  }

  private interface Value {
    void write() throws IOException;
  }

  private LineWriter write(String name, Value value) {
    try {
      json.writeFieldName(name);
      value.write();
    } catch (IOException e) {
      throw unexpected(e);
    }
    return this;
  }

  private static UncheckedIOException unexpected(IOException e) {
    return new UncheckedIOException("a line cannot be written to memory", e);
  }
}

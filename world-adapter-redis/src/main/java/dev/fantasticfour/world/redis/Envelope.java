package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.Payload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message as it is stored: version, codec name, headers, then the bytes of the payload as they
 * are.
 */
record Envelope(Payload body, Map<String, String> headers) {

  private static final int VERSION = 1;

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.size() + 64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      StoredText.write(out, body.codec());
      out.writeInt(headers.size());
      for (Map.Entry<String, String> header : headers.entrySet()) {
        StoredText.write(out, header.getKey());
        StoredText.write(out, header.getValue());
      }
      out.write(body.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IOException when these are not the bytes of a message
   */
  static Envelope decode(byte[] stored) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored));
    int version = stored.length == 0 ? -1 : in.readByte();
    if (version != VERSION) {
      throw new IOException(
          stored.length == 0 ? "it has no body" : "its format " + version + " is unknown");
    }
    String codec = StoredText.read(in);
    int count = in.readInt();
    if (count < 0 || count > stored.length) {
      throw new IOException("it claims to have " + count + " headers");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      headers.put(StoredText.read(in), StoredText.read(in));
    }
    return new Envelope(Payload.of(codec, in.readAllBytes()), headers);
  }
}

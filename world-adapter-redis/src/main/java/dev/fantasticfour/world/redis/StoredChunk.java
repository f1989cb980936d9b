package dev.fantasticfour.world.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Writer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a stream as it is stored: {@code D}, attempt, step, codec name and the bytes as they
 * are; or {@code R}, first index, space, step, which the script writes. Its index is its place.
 */
final class StoredChunk {

  private static final int DATA = 'D';
  private static final int RESTARTED = 'R';

  private StoredChunk() {}

  static byte[] encode(@Nullable Writer writer, Payload payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.size() + 64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(DATA);
      out.writeInt(writer == null ? 0 : writer.attempt());
      StoredText.write(out, writer == null ? "" : writer.stepId());
      StoredText.write(out, payload.codec());
      out.write(payload.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  static Chunk decode(long index, byte[] stored) {
    if (stored.length > 0 && stored[0] == RESTARTED) {
      String mark = new String(stored, 1, stored.length - 1, UTF_8);
      int space = mark.indexOf(' ');
      return new Chunk.Restarted(
          index,
          KeyText.unescape(mark.substring(space + 1)),
          Long.parseLong(mark.substring(0, space)));
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
      int kind = in.readByte();
      if (kind != DATA) {
        throw new IOException("its kind " + kind + " is unknown");
      }
      int attempt = in.readInt();
      String step = StoredText.read(in);
      String codec = StoredText.read(in);
      return new Chunk.Data(
          index, Payload.of(codec, in.readAllBytes()), step.isEmpty() ? null : step, attempt);
    } catch (IOException e) {
      throw new WorldException(
          ErrorCode.CONTRACT_VIOLATION,
          "chunk " + index + " was not written by this adapter: " + e.getMessage(),
          e);
    }
  }
}

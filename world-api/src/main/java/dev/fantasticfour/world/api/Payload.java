package dev.fantasticfour.world.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A value as the store keeps it: bytes, and the name of the codec that can read them. Stores give
 * back exactly what they were given; an absent payload is null, which is not the same as an empty
 * one. Immutable, safe to share.
 */
public final class Payload {

  /** The codec whose payloads stores keep readable in SQL: one JSON document in UTF-8. */
  public static final String JSON = "json";

  /** Bytes that mean nothing to a reader of the store. */
  public static final String BINARY = "binary";

  private final String codec;
  private final byte[] bytes;

  private Payload(String codec, byte[] bytes) {
    this.codec = codec;
    this.bytes = bytes;
  }

  /** A JSON document. It is not checked here; a store keeps a malformed one as bytes. */
  public static Payload json(String document) {
    return new Payload(JSON, document.getBytes(UTF_8));
  }

  /** Opaque bytes, copied. */
  public static Payload binary(byte[] bytes) {
    return new Payload(BINARY, bytes.clone());
  }

  /** Bytes of a named codec, copied. */
  public static Payload of(String codec, byte[] bytes) {
    return new Payload(codec, bytes.clone());
  }

  /** The name of the codec, for example {@link #JSON}. */
  public String codec() {
    return codec;
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** How many bytes. */
  public int size() {
    return bytes.length;
  }

  /** Whether the codec is {@link #JSON}. */
  public boolean isJson() {
    return codec.equals(JSON);
  }

  /** The bytes read as UTF-8; malformed input becomes U+FFFD. */
  public String text() {
    return new String(bytes, UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that
        && codec.equals(that.codec)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * codec.hashCode() + Arrays.hashCode(bytes);
  }

  /** Codec and size only: payloads may hold secrets and never belong in a log line. */
  @Override
  public String toString() {
    return codec + "[" + bytes.length + " bytes]";
  }
}

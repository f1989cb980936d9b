package dev.fantasticfour.world.core.engine.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A digest of the value that a JSON document says, whatever its spelling (ADR 8): spaces, the order
 * of members, escapes, and the form of numbers do not count, nor does a member whose value is null.
 * Exact where documents mean different things to a reader of any type: 1 and 1.0 are one number,
 * 9007199254740993 and 9007199254740992 are two.
 *
 * <p>Each value is digested by itself, members by name, so that a document is read once and only
 * its member names are held.
 */
final class JsonDigest {

  private static final JsonFactory JSON = JsonRules.factory();

  private JsonDigest() {}

  /**
   * The digest of a document; null for one that says null.
   *
   * @throws IOException when it is not one well-formed document
   */
  static byte @Nullable [] of(byte[] document) throws IOException {
    try (JsonParser parser = JSON.createParser(document)) {
      parser.nextToken();
      byte[] digest = value(parser);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "more than one document");
      }
      return digest;
    }
  }

  /** Of the value whose first token is the current one. */
  private static byte @Nullable [] value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new JsonParseException(parser, "no document");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> text('s', parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> text('n', number(parser.getText()));
      case VALUE_TRUE -> text('b', "true");
      case VALUE_FALSE -> text('b', "false");
      case VALUE_NULL -> null;
      default -> throw new JsonParseException(parser, "no value begins with " + token);
    };
  }

  private static byte[] object(JsonParser parser) throws IOException {
    Map<String, byte[]> members = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      byte[] value = value(parser);
      // Of a name that stands twice, the last one is what a reader gets.
      if (value == null) {
        members.remove(name);
      } else {
        members.put(name, value);
      }
    }
    MessageDigest digest = sha256();
    digest.update((byte) 'o');
    members.forEach(
        (name, value) -> {
          digest.update(text('s', name));
          digest.update(value);
        });
    return digest.digest();
  }

  private static byte[] array(JsonParser parser) throws IOException {
    MessageDigest digest = sha256();
    digest.update((byte) 'a');
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      byte[] element = value(parser);
      digest.update(element == null ? text('b', "null") : element);
    }
    return digest.digest();
  }

  /** Of the characters as they are: half a surrogate pair has no UTF-8. */
  private static byte[] text(char kind, String text) {
    MessageDigest digest = sha256();
    digest.update((byte) kind);
    for (int i = 0; i < text.length(); i++) {
      digest.update((byte) (text.charAt(i) >> 8));
      digest.update((byte) text.charAt(i));
    }
    return digest.digest();
  }

  /**
   * The same text for the same number, however long: sign, digits without zeros at either end, and
   * the power of ten they are multiplied by.
   */
  static String number(String text) {
    boolean isNegative = text.startsWith("-");
    int exponentAt = Math.max(text.indexOf('e'), text.indexOf('E'));
    String mantissa =
        text.substring(isNegative ? 1 : 0, exponentAt < 0 ? text.length() : exponentAt);
    int pointAt = mantissa.indexOf('.');
    String digits = pointAt < 0 ? mantissa : mantissa.replace(".", "");
    int first = 0;
    while (first < digits.length() && digits.charAt(first) == '0') {
      first++;
    }
    int end = digits.length();
    while (end > first && digits.charAt(end - 1) == '0') {
      end--;
    }
    if (first == end) {
      return "0";
    }
    int places = pointAt < 0 ? 0 : mantissa.length() - pointAt - 1;
    BigInteger exponent =
        (exponentAt < 0 ? BigInteger.ZERO : new BigInteger(text.substring(exponentAt + 1)))
            .add(BigInteger.valueOf(digits.length() - end - (long) places));
    return (isNegative ? "-" : "") + digits.substring(first, end) + "e" + exponent;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

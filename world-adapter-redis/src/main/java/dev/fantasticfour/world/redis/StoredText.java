package dev.fantasticfour.world.redis;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Texts of any length and content, lone surrogates included. */
final class StoredText {

  /** What always fits the 65 535 bytes of one {@code writeUTF}. */
  private static final int PIECE = 21_845;

  private StoredText() {}

  static void write(DataOutputStream out, String text) throws IOException {
    int pieces = (text.length() + PIECE - 1) / PIECE;
    out.writeShort(pieces);
    for (int at = 0; at < text.length(); at += PIECE) {
      out.writeUTF(text.substring(at, Math.min(text.length(), at + PIECE)));
    }
  }

  static String read(DataInputStream in) throws IOException {
    int pieces = in.readUnsignedShort();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(in.readUTF());
    }
    return text.toString();
  }
}

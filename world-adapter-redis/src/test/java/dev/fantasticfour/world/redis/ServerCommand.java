package dev.fantasticfour.world.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;

/** Commands to one server that a client of the whole arrangement does not send. */
record ServerCommand(int port) {

  /** Sends words and returns a status, an error or a bulk text. */
  String call(String words) {
    String[] parts = words.split(" ");
    StringBuilder command = new StringBuilder("*" + parts.length + "\r\n");
    for (String part : parts) {
      command.append('$').append(part.length()).append("\r\n").append(part).append("\r\n");
    }
    try (Socket socket = new Socket("127.0.0.1", port)) {
      OutputStream out = socket.getOutputStream();
      out.write(command.toString().getBytes(UTF_8));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      String head = line(in);
      return head.startsWith("$")
          ? new String(in.readNBytes(Integer.parseInt(head.substring(1))), UTF_8)
          : head.substring(1);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask the server on port " + port, e);
    }
  }

  private static String line(DataInputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
      line.write(next);
    }
    return line.toString(UTF_8).strip();
  }
}

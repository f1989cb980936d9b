package dev.fantasticfour.world.postgres;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a pooler in transaction mode does to two clients, made certain: when the second begins a
 * transaction it is lent the server connection that the first has used, and the first from then on
 * the other one.
 */
final class SwappingPooler implements AutoCloseable {

  private static final int SECOND = 1;

  private final URI server;
  private final ServerSocket door;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private final List<Socket> servers = new CopyOnWriteArrayList<>();
  private volatile boolean swapped;

  SwappingPooler(String url) throws IOException {
    server = URI.create(url);
    door = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::welcome);
  }

  /** The address of the database behind it. */
  String url(String parameters) {
    return "postgresql://%s@127.0.0.1:%d%s?sslmode=disable&gssEncMode=disable%s"
        .formatted(server.getRawUserInfo(), door.getLocalPort(), server.getRawPath(), parameters);
  }

  /** Whether the second client has begun a transaction. */
  boolean hasSwapped() {
    return swapped;
  }

  private int partner(int number) {
    return swapped ? SECOND - number : number;
  }

  private void welcome() {
    try {
      for (int number = 0; number <= SECOND; number++) {
        Socket client = door.accept();
        client.setTcpNoDelay(true);
        Socket upstream = new Socket(server.getHost(), server.getPort());
        upstream.setTcpNoDelay(true);
        servers.add(upstream);
        clients.add(client);
        int mine = number;
        Thread.ofVirtual().start(() -> requests(mine));
        Thread.ofVirtual().start(() -> answers(mine));
      }
    } catch (IOException e) {
      closeAll();
    }
  }

  private void requests(int number) {
    try {
      DataInputStream in = new DataInputStream(clients.get(number).getInputStream());
      int first = in.readInt();
      byte[] startup = in.readNBytes(first - Integer.BYTES);
      DataOutputStream out = new DataOutputStream(servers.get(number).getOutputStream());
      out.writeInt(first);
      out.write(startup);
      while (true) {
        byte type = in.readByte();
        int length = in.readInt();
        byte[] body = in.readNBytes(length - Integer.BYTES);
        if (number == SECOND && new String(body, StandardCharsets.UTF_8).contains("BEGIN")) {
          swapped = true;
        }
        out = new DataOutputStream(servers.get(partner(number)).getOutputStream());
        out.writeByte(type);
        out.writeInt(length);
        out.write(body);
      }
    } catch (IOException e) {
      closeAll();
    }
  }

  private void answers(int number) {
    byte[] buffer = new byte[8_192];
    try (InputStream in = servers.get(number).getInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        OutputStream out = clients.get(partner(number)).getOutputStream();
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      closeAll();
    }
  }

  private void closeAll() {
    for (List<Socket> sockets : List.of(clients, servers)) {
      for (Socket socket : sockets) {
        try {
          socket.close();
        } catch (IOException e) {
          throw new AssertionError("a socket does not close", e);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    closeAll();
  }
}

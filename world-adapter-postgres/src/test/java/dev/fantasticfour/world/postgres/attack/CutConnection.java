package dev.fantasticfour.world.postgres.attack;

import dev.fantasticfour.world.postgres.attack.CuttingProxy.Cut;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One connection through the proxy. Requests are cut only from the first one on that touches a run,
 * so that pools can always connect anew.
 */
final class CutConnection {

  private static final int TERMINATE = 'X';

  private final CuttingProxy proxy;
  private final Socket client;
  private final Socket server;
  private volatile boolean idle;
  private volatile Cut cut = Cut.NONE;
  private boolean whole;

  CutConnection(CuttingProxy proxy, Socket client, Socket server) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
  }

  void open() {
    Thread.ofVirtual().start(this::requests);
    Thread.ofVirtual().start(this::answers);
  }

  private void requests() {
    try {
      forwardRequests();
    } catch (IOException e) {
      // The other side is gone, which is all there is to know.
    } finally {
      close(client);
      if (cut == Cut.NONE || !whole) {
        close(server);
      }
    }
  }

  private void forwardRequests() throws IOException {
    Frames frames = Frames.ofClient();
    OutputStream out = server.getOutputStream();
    byte[] buffer = new byte[16_384];
    boolean touchesRuns = false;
    for (int count; (count = client.getInputStream().read(buffer)) >= 0; ) {
      touchesRuns |= proxy.cuts() && isAboutRuns(buffer, count);
      if (idle) {
        idle = false;
        whole = false;
        if (touchesRuns && proxy.cuts() && buffer[0] != TERMINATE) {
          cut = proxy.draw();
          if (cut == Cut.BEFORE_THE_REQUEST) {
            return;
          }
        }
      }
      out.write(buffer, 0, count);
      whole |= frames.ends(buffer, count, type -> type == 'S' || type == 'Q');
      if (whole && cut == Cut.WHILE_IT_WORKS) {
        return;
      }
    }
  }

  private static boolean isAboutRuns(byte[] buffer, int count) {
    String text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
    return text.contains("append_v1") || text.contains("workflow_");
  }

  private void answers() {
    try {
      forwardAnswers();
    } catch (IOException e) {
      // The other side is gone, which is all there is to know.
    } finally {
      close(client);
      close(server);
      proxy.forget(client, server);
      if (cut == Cut.BEFORE_THE_ANSWER || cut == Cut.WHILE_IT_WORKS) {
        proxy.done();
      }
    }
  }

  private void forwardAnswers() throws IOException {
    Frames frames = Frames.ofServer();
    byte[] buffer = new byte[16_384];
    for (int count; (count = server.getInputStream().read(buffer)) >= 0; ) {
      boolean ready = frames.ends(buffer, count, type -> type == 'Z');
      if (cut == Cut.NONE) {
        if (ready) {
          idle = true;
        }
        client.getOutputStream().write(buffer, 0, count);
      } else if (ready) {
        return;
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError("a socket does not close", e);
    }
  }
}

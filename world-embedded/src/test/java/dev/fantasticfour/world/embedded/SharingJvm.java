package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Main program that joins the servers of a folder, tells their addresses, and waits to be ended.
 */
final class SharingJvm {
  private SharingJvm() {}

  public static void main(String[] arguments) throws IOException {
    FolderServers servers = new FolderServers();
    System.out.println(servers.postgresUrl(Path.of(arguments[0])));
    System.out.println(servers.redisUrl(Path.of(arguments[0])));
    System.in.read();
  }
}

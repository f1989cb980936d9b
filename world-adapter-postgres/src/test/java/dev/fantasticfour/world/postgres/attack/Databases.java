package dev.fantasticfour.world.postgres.attack;

import java.net.URI;

/** Addresses of databases. */
final class Databases {

  private Databases() {}

  /** The address for JDBC, user and password included. */
  static String jdbc(String url) {
    URI uri = URI.create(url);
    String[] login = uri.getRawUserInfo().split(":", 2);
    return "jdbc:postgresql://"
        + uri.getHost()
        + ":"
        + (uri.getPort() < 0 ? 5432 : uri.getPort())
        + uri.getPath()
        + "?user="
        + login[0]
        + (login.length == 2 ? "&password=" + login[1] : "");
  }
}

package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to run a program without being root, because PostgreSQL refuses to run as root, and root is
 * what continuous integration in containers usually is.
 *
 * @param prefix words before the command; each of these programs replaces itself by the command, so
 *     that the process keeps its number
 * @param owner number of the user and group who must own the files, or -1 if they are right as made
 */
record OrdinaryUser(List<String> prefix, int owner) {
  /** Number of the user nobody, and of its group, everywhere. */
  private static final int NOBODY = 65534;

  /** For someone who is not root: nothing to do. */
  static final OrdinaryUser SELF = new OrdinaryUser(List.of(), -1);

  /**
   * A user namespace in which root is nobody: files keep their owner, and directories that only
   * root may enter stay usable. Not allowed in most containers.
   */
  static final OrdinaryUser NAMESPACE = new OrdinaryUser(List.of("unshare", "-U"), -1);

  /** The user nobody itself; works in containers. */
  static final OrdinaryUser NOBODY_ITSELF =
      new OrdinaryUser(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), NOBODY);

  /**
   * The way that works here.
   *
   * @param madeByUs a file or directory that this JVM made, which tells who we are
   * @throws EmbeddedServerException if we are root and there is no way
   */
  static OrdinaryUser onThisMachine(Path madeByUs) throws IOException {
    if (!Integer.valueOf(0).equals(Files.getAttribute(madeByUs, "unix:uid"))) {
      return SELF;
    }
    for (OrdinaryUser way : List.of(NAMESPACE, NOBODY_ITSELF)) {
      if (way.works()) {
        return way;
      }
    }
    throw new EmbeddedServerException(
        "PostgreSQL does not run as root, and neither unshare nor setpriv can change the user"
            + " here; run as an ordinary user, or set WORKFLOW_POSTGRES_URL");
  }

  boolean works() {
    CommandOutcome user = CommandOutcome.of(command(List.of("id", "-u")));
    return user.exitCode() == 0 && !user.output().strip().equals("0");
  }

  /** The command that runs {@code command} as this user. */
  List<String> command(List<String> command) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    return whole;
  }

  /** Gives a file or directory, not what is in it, to this user, where that is needed. */
  void own(Path path) throws IOException {
    if (owner >= 0) {
      Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
    }
  }
}

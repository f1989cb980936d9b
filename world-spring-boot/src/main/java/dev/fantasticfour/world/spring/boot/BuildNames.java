package dev.fantasticfour.world.spring.boot;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;

/**
 * What the code of an application is called: by its commit, unless something was changed since; by
 * the time of its build; or by nothing, and then it is derived from its jars.
 */
final class BuildNames {

  private static final String RESTARTING = "RestartClassLoader";
  private static final int RADIX = 36;

  private BuildNames() {}

  /** Whether DevTools start the application anew for each change. */
  static boolean isRestarting(@Nullable ClassLoader loader) {
    return loader != null && loader.getClass().getSimpleName().equals(RESTARTING);
  }

  /**
   * One name for each restart: a run that stands because the code was edited is tried by the next
   * build, but not by the same again.
   */
  static String ofRestart(Instant now) {
    return "dev-" + Long.toString(now.toEpochMilli(), RADIX);
  }

  /** The name that the files of the build say; empty when they say none. */
  static Optional<String> of(@Nullable GitProperties git, @Nullable BuildProperties build) {
    String commit = git == null ? null : git.getShortCommitId();
    if (git != null && commit != null && !Boolean.parseBoolean(git.get("dirty"))) {
      return Optional.of(commit);
    }
    Instant time = build == null ? null : build.getTime();
    return build == null || time == null
        ? Optional.empty()
        : Optional.of(build.getVersion() + "-" + Long.toString(time.toEpochMilli(), RADIX));
  }
}

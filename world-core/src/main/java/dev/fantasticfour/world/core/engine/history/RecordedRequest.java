package dev.fantasticfour.world.core.engine.history;

import dev.fantasticfour.world.api.event.Site;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing the code has asked for, and how far it came. */
public final class RecordedRequest {

  final EntityKind kind;
  final String id;
  final Site site;
  final long position;
  final Instant askedAt;
  int attempt = 1;
  int losses;
  boolean running;
  int startedAttempt;
  @Nullable String startedBy;
  @Nullable Instant retryAt;
  @Nullable Instant resumeAt;
  @Nullable String token;
  @Nullable String childRun;
  boolean queued;
  boolean settled;
  boolean givenUp;
  boolean asked;
  boolean gaveUpAgain;

  RecordedRequest(EntityKind kind, String id, Site site, long position, Instant askedAt) {
    this.kind = kind;
    this.id = id;
    this.site = site;
    this.position = position;
    this.askedAt = askedAt;
  }

  EntityKind kind() {
    return kind;
  }

  Site site() {
    return site;
  }

  long position() {
    return position;
  }

  /** When it was asked for, as far as the log shows. */
  public Instant askedAt() {
    return askedAt;
  }

  /** How many attempts of a step were lost, as far as the log shows. */
  public int losses() {
    return losses;
  }

  /** Which attempt of a step is next, or was under way. */
  public int attempt() {
    return attempt;
  }

  /** Whether the beginning of that attempt stands in the log, and may have come to nothing. */
  public boolean isStartRecorded() {
    return startedAttempt == attempt;
  }

  /** Who has recorded that beginning, if somebody has. */
  public @Nullable String startedBy() {
    return isStartRecorded() ? startedBy : null;
  }

  /** When the next attempt may begin, or null. */
  public @Nullable Instant retryAt() {
    return retryAt;
  }

  /** When a wait is due, as recorded. */
  public @Nullable Instant resumeAt() {
    return resumeAt;
  }

  /** The token a hook asked for, as recorded. */
  public @Nullable String token() {
    return token;
  }

  /** The run of a child, as recorded; null when there came to be none. */
  public @Nullable String childRun() {
    return childRun;
  }

  /** Whether a step was given to whoever takes its message. */
  public boolean queued() {
    return queued;
  }

  /** Whether the log holds its outcome. */
  public boolean settled() {
    return settled;
  }
}

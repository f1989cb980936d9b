package dev.fantasticfour.world.core.operate;

import dev.fantasticfour.world.api.BulkVerb;
import java.util.Locale;

/**
 * All that can be done through {@link Operations}. The words are part of what is promised: they
 * stand in the audit, and the commands are what a shell knows them by.
 */
public enum Action {
  /** See lists of runs, without what was said. */
  LIST_RUNS(Permission.READ, false, "runs list"),
  /** See a run as it is, with its input and result. */
  SHOW_RUN(Permission.PAYLOADS, false, "runs show"),
  /** See who did what. */
  LIST_AUDIT(Permission.OPERATE, false, "audit"),
  /** See which queues there are, and how full. */
  LIST_QUEUES(Permission.READ, false, "queue list"),
  /** See messages that nobody could handle. */
  LIST_DEAD_LETTERS(Permission.PAYLOADS, false, "queue dead"),
  /** See which builds have which runs. */
  LIST_BUILDS(Permission.READ, false, "builds"),
  /** See how long runs are kept. */
  SHOW_RETENTION(Permission.READ, false, "retention show"),

  /** Start a run. */
  START(Permission.OPERATE, true, "runs start"),
  /** Ask a run to cancel itself. */
  CANCEL(Permission.OPERATE, true, "runs cancel"),
  /** End a run without asking it. */
  TERMINATE(Permission.OPERATE, true, "runs terminate"),
  /** Have a run that stands tried again. */
  NUDGE(Permission.OPERATE, true, "runs nudge"),
  /** End sleeps of a run early. */
  WAKE(Permission.OPERATE, true, "runs wake"),
  /** Keep a run from going on. */
  PAUSE(Permission.OPERATE, true, "runs pause"),
  /** Let a paused run go on. */
  RESUME(Permission.OPERATE, true, "runs resume"),
  /** Have a failed run go on. */
  RETRY(Permission.OPERATE, true, "runs retry"),
  /** Have an ended run begin again from a step on. */
  FORK(Permission.OPERATE, true, "runs fork"),
  /** End a run and have it begin again from a step on. */
  RESET(Permission.OPERATE, true, "runs reset"),
  /** Start another run like it. */
  RERUN(Permission.OPERATE, true, "runs rerun"),
  /** Send a signal to a run. */
  SIGNAL(Permission.OPERATE, true, "runs signal"),
  /** Set attributes of a run. */
  SET_ATTRIBUTES(Permission.OPERATE, true, "runs set"),
  /** Pin runs to another build. */
  REPIN(Permission.OPERATE, true, "runs repin"),
  /** Send a payload to a hook. */
  RESUME_HOOK(Permission.OPERATE, true, "hooks resume"),
  /** Keep a run whatever the retention says. */
  KEEP(Permission.OPERATE, true, "runs keep"),
  /** Cancel all runs that match. */
  BULK_CANCEL(Permission.OPERATE, true, "runs bulk"),
  /** Terminate all runs that match. */
  BULK_TERMINATE(Permission.OPERATE, true, "runs bulk"),
  /** Nudge all runs that match. */
  BULK_NUDGE(Permission.OPERATE, true, "runs bulk"),
  /** Pause all runs that match. */
  BULK_PAUSE(Permission.OPERATE, true, "runs bulk"),
  /** Resume all runs that match. */
  BULK_RESUME(Permission.OPERATE, true, "runs bulk"),
  /** Retry all runs that match. */
  BULK_RETRY(Permission.OPERATE, true, "runs bulk"),
  /** Start another run like each that matches. */
  BULK_RERUN(Permission.OPERATE, true, "runs bulk"),
  /** Put dead letters back. */
  REVIVE(Permission.OPERATE, true, "queue revive"),
  /** Have a build take no more runs. */
  DRAIN_BUILD(Permission.OPERATE, true, "builds drain"),
  /** Have a build take runs again. */
  UNDRAIN_BUILD(Permission.OPERATE, true, "builds undrain"),

  /** Take in a run that was written down. */
  IMPORT(Permission.ADMIN, true, "runs import"),
  /** Take out of a run what anybody put into it. */
  ERASE(Permission.ADMIN, true, "runs erase"),
  /** Take a dead letter away for good. */
  DROP(Permission.ADMIN, true, "queue drop"),
  /** Say how long runs are kept. */
  SET_RETENTION(Permission.ADMIN, true, "retention set"),
  /** Delete now what was kept for long enough. */
  RUN_RETENTION(Permission.ADMIN, true, "retention run"),
  /** Make or remove an index of an attribute. */
  INDEX_ATTRIBUTE(Permission.ADMIN, true, "attributes index");

  private final Permission permission;
  private final boolean audited;
  private final String command;

  Action(Permission permission, boolean audited, String command) {
    this.permission = permission;
    this.audited = audited;
    this.command = command;
  }

  /** What whoever does it must have. */
  public Permission permission() {
    return permission;
  }

  /** Whether it is written down: all that changes something is. */
  public boolean isAudited() {
    return audited;
  }

  /** The command of {@code world} that does it. */
  public String command() {
    return command;
  }

  /** As it stands in the audit. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What doing that to many runs is. */
  public static Action of(BulkVerb verb) {
    return switch (verb) {
      case CANCEL -> BULK_CANCEL;
      case TERMINATE -> BULK_TERMINATE;
      case NUDGE -> BULK_NUDGE;
      case PAUSE -> BULK_PAUSE;
      case RESUME -> BULK_RESUME;
      case RETRY -> BULK_RETRY;
      case RERUN -> BULK_RERUN;
    };
  }
}

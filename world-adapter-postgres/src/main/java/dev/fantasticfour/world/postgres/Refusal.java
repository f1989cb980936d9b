package dev.fantasticfour.world.postgres;

/** Why a statement was not done, told from its SQLSTATE, and what somebody can do about it. */
enum Refusal {
  /** Somebody was quicker: rolled back, and worth another try. */
  RACE("", false),
  /** Nobody is there to answer. */
  AWAY("", false),
  /** It has no connection, memory or disk left. */
  NO_ROOM("give it room", false),
  /** A lock was held for too long. */
  LOCKED("", false),
  /** A standby, or a server that was told to write nothing. */
  READ_ONLY("promote the standby, name the primary, or end default_transaction_read_only", false),
  /** User, password or database. */
  LOGIN("correct user, password or database, or the server's pg_hba.conf", true),
  /** The role may not do what World does. */
  RIGHTS("grant the role what it lacks; `world doctor` names it", true),
  /** World's tables or functions are not there, or are not those that this version knows. */
  SCHEMA("World's tables are missing or of another version: run `world migrate`", true),
  /** A prepared statement that the server has never heard of, or knows as another one. */
  POOLER("behind a pooler in transaction mode, add prepareThreshold=0 to the address", true),
  /**
   * A setting of the connection that the server does not know, such as the time zone of this JVM.
   */
  PARAMETER(
      "if it is the time zone, start the JVM with -Duser.timezone=UTC or bring the server's own"
          + " list up to date",
      true),
  /** World's own functions: another isolation level than they need. */
  ISOLATION("connections must use READ COMMITTED", true),
  /** What was sent fits no column, and never will. */
  CONTENT("", false),
  /** Anything else that a server or its owner has against a statement. */
  OTHER("the server's log says more", false);

  private final String advice;
  private final boolean isOfSettings;

  Refusal(String advice, boolean isOfSettings) {
    this.advice = advice;
    this.isOfSettings = isOfSettings;
  }

  /**
   * Reads a SQLSTATE.
   *
   * @param state empty when there was none, which is how drivers and pools say "no connection"
   */
  static Refusal of(String state) {
    return switch (state) {
      case "" -> AWAY;
      // Unique violation, serialization failure, deadlock.
      case "23505", "40001", "40P01" -> RACE;
      case "WR002" -> ISOLATION;
      case "25006" -> READ_ONLY;
      case "42501" -> RIGHTS;
      case "55P03" -> LOCKED;
      case "26000", "42P05" -> POOLER;
      case "22023" -> PARAMETER;
      // Cancelled, by a time limit of the role or by hand: somebody is there.
      case "57014" -> OTHER;
      // Undefined table, function and column, ambiguous function.
      case "42P01", "42883", "42703", "42725" -> SCHEMA;
      default -> ofClass(state.substring(0, Math.min(2, state.length())));
    };
  }

  private static Refusal ofClass(String start) {
    return switch (start) {
      // Connection; shutdown, cancelled, cannot connect now; system error.
      case "08", "57", "58" -> AWAY;
      case "53" -> NO_ROOM;
      case "28", "3D" -> LOGIN;
      case "3F" -> SCHEMA;
      // Data, constraints, limits of the program.
      case "22", "23", "54" -> CONTENT;
      default -> OTHER;
    };
  }

  /** What to do about it; empty when nothing can be done but wait. */
  String advice() {
    return advice;
  }

  /**
   * Whether it is a setting that is wrong. Before anything runs that is an error at once; while a
   * world runs, somebody is about to mend it, and no run may come to harm meanwhile.
   */
  boolean isOfSettings() {
    return isOfSettings;
  }
}

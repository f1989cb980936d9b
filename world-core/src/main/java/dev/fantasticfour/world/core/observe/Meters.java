package dev.fantasticfour.world.core.observe;

import java.util.List;

/**
 * Everything that is measured, once: whoever measures registers these under these names, with these
 * units and tags, and no other. Dotted names; a registry that likes another form makes it of them.
 *
 * <p>No tag is ever the id of a run, a run key, a token or an attribute.
 */
public enum Meters {
  RUN_STARTED(
      "world.run.started", Kind.COUNTER, Unit.NONE, "Runs whose code has begun", Tags.WORKFLOW),
  RUN_ENDED(
      "world.run.ended",
      Kind.COUNTER,
      Unit.NONE,
      "Runs that have ended, by how and of what",
      Tags.WORKFLOW,
      Tags.OUTCOME,
      Tags.ERROR_TYPE),
  RUN_DURATION(
      "world.run.duration",
      Unit.SECONDS,
      "From the creation of a run to its end",
      Buckets.LONG,
      Tags.WORKFLOW,
      Tags.OUTCOME),
  RUN_WAIT(
      "world.run.wait",
      Unit.SECONDS,
      "From the creation of a run until its code began",
      Buckets.MEDIUM,
      Tags.WORKFLOW),
  STEP_DURATION(
      "world.step.duration",
      Unit.SECONDS,
      "The body of a step, attempt by attempt",
      Buckets.MEDIUM,
      Tags.WORKFLOW,
      Tags.STEP,
      Tags.PLACEMENT,
      Tags.OUTCOME),
  STEP_OVERHEAD(
      "world.step.overhead",
      Unit.SECONDS,
      "From the end of the body of an inline step to the beginning of the next one in its branch",
      Buckets.SHORT,
      Tags.WORKFLOW),
  WAKEUP_DELAY(
      "world.wakeup.delay",
      Unit.SECONDS,
      "From the moment in which a run was to go on until its code was told",
      Buckets.MEDIUM,
      Tags.CAUSE),
  TURN_DURATION(
      "world.turn.duration",
      Unit.SECONDS,
      "A turn of a run, with the code of the workflow in it",
      Buckets.SHORT,
      Tags.WORKFLOW),
  REPLAY_DURATION(
      "world.replay.duration",
      Unit.SECONDS,
      "Building the code of a run up again from its log",
      Buckets.SHORT,
      Tags.WORKFLOW),
  REPLAY_EVENTS(
      "world.replay.events",
      Unit.EVENTS,
      "How many events were told again",
      Buckets.COUNTS,
      Tags.WORKFLOW),
  APPEND_DURATION(
      "world.append.duration",
      Unit.SECONDS,
      "How long the store took to answer a batch, by the answer",
      Buckets.SHORT,
      Tags.RESULT),
  APPEND_BATCHES(
      "world.append.batches",
      Unit.BATCHES,
      "Batches in one call of the store: more than one where group commit is at work",
      Buckets.COUNTS),
  CLAIM("world.claim", Kind.COUNTER, Unit.NONE, "Runs that this process came to own"),
  TAKEOVER(
      "world.takeover",
      Kind.COUNTER,
      Unit.NONE,
      "Runs that were taken over from a worker that is dead"),
  OWNERSHIP_LOST(
      "world.ownership.lost",
      Kind.COUNTER,
      Unit.NONE,
      "Times that this process lost what it executed, or had to build it up again",
      Tags.CAUSE),
  STALL(
      "world.stall",
      Kind.COUNTER,
      Unit.NONE,
      "Runs that came to stand, each time that they did",
      Tags.WORKFLOW,
      Tags.CAUSE),
  BEAT_DURATION("world.beat.duration", Unit.SECONDS, "One heartbeat of the worker", Buckets.SHORT),
  LEASE_REMAINING(
      "world.lease.remaining",
      Kind.GAUGE,
      Unit.SECONDS,
      "How long the lease of the worker holds unless it is renewed"),
  RUN_ACTIVE("world.run.active", Kind.GAUGE, Unit.NONE, "Runs that execute here"),
  RUN_ACTIVE_LIMIT("world.run.active.limit", Kind.GAUGE, Unit.NONE, "How many may execute here"),
  RUN_PARKED("world.run.parked", Kind.GAUGE, Unit.NONE, "Runs that live here and only wait"),
  THREAD_PARKED("world.thread.parked", Kind.GAUGE, Unit.NONE, "Threads that parked runs hold"),
  THREAD_PARKED_LIMIT(
      "world.thread.parked.limit", Kind.GAUGE, Unit.NONE, "How many parked runs may hold"),
  BODY_ACTIVE("world.body.active", Kind.GAUGE, Unit.NONE, "Bodies of steps that run here"),
  BODY_ACTIVE_LIMIT("world.body.active.limit", Kind.GAUGE, Unit.NONE, "How many may run here"),
  THREAD_STUCK(
      "world.thread.stuck", Kind.GAUGE, Unit.NONE, "Threads of detached runs that did not end"),
  QUEUE_HANDLED(
      "world.queue.handled",
      Kind.COUNTER,
      Unit.NONE,
      "Messages that were handled here, by what came of it",
      Tags.QUEUE,
      Tags.OUTCOME),
  QUEUE_DURATION(
      "world.queue.duration",
      Unit.SECONDS,
      "How long the handler of a message took",
      Buckets.MEDIUM,
      Tags.QUEUE),
  STREAM_CHUNK(
      "world.stream.chunk",
      Kind.COUNTER,
      Unit.NONE,
      "Chunks that were stored in streams",
      Tags.STREAM),
  STREAM_BYTES(
      "world.stream.bytes", Kind.COUNTER, Unit.BYTES, "Bytes of those chunks", Tags.STREAM),
  STREAM_HELD(
      "world.stream.held",
      Unit.SECONDS,
      "How long a writer waited because too much of its stream is held here",
      Buckets.SHORT,
      Tags.STREAM),
  STORE_RUN(
      "world.store.run",
      Kind.GAUGE,
      Unit.NONE,
      "Runs in the whole store, counted as far as 10 000",
      Tags.STATE),
  STORE_OVERDUE_AGE(
      "world.store.overdue.age",
      Kind.GAUGE,
      Unit.SECONDS,
      "For how long a run that is due has waited for somebody to look after it"),
  STORE_QUEUE_DEPTH(
      "world.store.queue.depth",
      Kind.GAUGE,
      Unit.NONE,
      "Messages that could be taken now",
      Tags.QUEUE),
  STORE_QUEUE_AGE(
      "world.store.queue.age",
      Kind.GAUGE,
      Unit.SECONDS,
      "Age of the oldest message that could be taken now",
      Tags.QUEUE),
  STORE_WORKER("world.store.worker", Kind.GAUGE, Unit.NONE, "Workers whose leases hold"),
  STORE_BYTES(
      "world.store.bytes",
      Kind.GAUGE,
      Unit.BYTES,
      "What a table takes, with its indexes",
      Tags.TABLE);

  private final String key;
  private final Kind kind;
  private final Unit unit;
  private final String help;
  private final List<Double> buckets;
  private final List<String> tags;

  /** One that is spread over buckets. */
  Meters(String key, Unit unit, String help, List<Double> buckets, String... tags) {
    this.key = key;
    this.kind = Kind.HISTOGRAM;
    this.unit = unit;
    this.help = help;
    this.buckets = buckets;
    this.tags = List.of(tags);
  }

  Meters(String key, Kind kind, Unit unit, String help, String... tags) {
    this.key = key;
    this.kind = kind;
    this.unit = unit;
    this.help = help;
    this.buckets = List.of();
    this.tags = List.of(tags);
  }

  /** Its dotted name. */
  public String key() {
    return key;
  }

  /** How it is measured. */
  public Kind kind() {
    return kind;
  }

  /** What in. */
  public Unit unit() {
    return unit;
  }

  /** What it says, for people. */
  public String help() {
    return help;
  }

  /** Upper bounds in {@link #unit()}, ascending; empty unless it is a histogram. */
  public List<Double> buckets() {
    return buckets;
  }

  /** The names of its tags, all of which it always has. */
  public List<String> tags() {
    return tags;
  }

  /** How something is measured. */
  public enum Kind {
    /** It only grows. */
    COUNTER,
    /** Many values, by how large they are. */
    HISTOGRAM,
    /** What it is just now. */
    GAUGE
  }

  /** What something is measured in. */
  public enum Unit {
    /** Things of the kind that the name says. */
    NONE(""),
    SECONDS("seconds"),
    BYTES("bytes"),
    EVENTS("events"),
    BATCHES("batches");

    private final String word;

    Unit(String word) {
      this.word = word;
    }

    /** For registries; empty for things. */
    public String word() {
      return word;
    }
  }

  /** The names of tags. */
  public static final class Tags {

    public static final String WORKFLOW = "workflow";
    public static final String STEP = "step";

    /** {@code inline} or {@code queued}. */
    public static final String PLACEMENT = "placement";

    public static final String OUTCOME = "outcome";

    /** A class, or {@code none}. */
    public static final String ERROR_TYPE = "error.type";

    public static final String CAUSE = "cause";
    public static final String RESULT = "result";

    /** {@code worker} for those of one worker, whatever its id. */
    public static final String QUEUE = "queue";

    public static final String STREAM = "stream";

    /** {@code open}, {@code stalled}, {@code failed_1d} or {@code overdue}. */
    public static final String STATE = "state";

    public static final String TABLE = "table";

    private Tags() {}
  }
}

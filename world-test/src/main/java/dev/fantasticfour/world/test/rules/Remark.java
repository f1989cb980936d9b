package dev.fantasticfour.world.test.rules;

/**
 * What is wrong with something that code does, and what to do instead, in a few words each that
 * follow on what is done.
 */
enum Remark {
  TIME("takes the time of the machine", "use ctx.now()"),
  CHANCE("is another in every replay", "use ctx.random()"),
  UUID("is another in every replay", "use ctx.uuid()"),
  SECRET(
      "is another in every replay",
      "use ctx.random() for what need not be secret, and make secrets in ctx.step(…)"),
  SHUFFLE("is another order in every replay", "use Collections.shuffle(list, ctx.random())"),
  SLEEP("holds its thread, and is forgotten when the process ends", "use ctx.sleep(…)"),
  THREAD(
      "goes on in a thread of its own, of which no replay knows",
      "use ctx.all(…), ctx.map(…) or ctx.scope(), and ctx.step(…) for work"),
  PARALLEL(
      "goes on in threads of its own, in another order each time",
      "use a stream that is not parallel, or ctx.map(…)"),
  LOCK(
      "is about threads that wait, which World does not see, and branches take turns anyway",
      "let ctx.map(items, atOnce(n), …) limit them, and wait with a hook, ctx.signals(…) or"
          + " branch.join()"),
  SYNCHRONIZED(
      "locks, and branches take turns anyway", "keep what belongs to a run in local variables"),
  OUTSIDE("reaches outside, again in every replay", "do it in ctx.step(…)"),
  SETTING(
      "asks the machine, and the next one may say something else",
      "take it from the input, or ask in ctx.step(…)"),
  STATIC_READ(
      "is a static field that changes, and replays find another value there",
      "take it from the input, or ask in ctx.step(…)"),
  STATIC_WRITE(
      "is static, and is changed again in every replay",
      "keep what belongs to a run in local variables, and change what is shared in ctx.step(…)"),

  // What is no failure, but is looked at better.
  SHARED("is a field that all runs share", "keep what belongs to a run in local variables"),
  ORDER(
      "has no order that a replay could keep to, and the context is called in this method",
      "use a List, a LinkedHashMap or a TreeMap, or sort first"),
  PRINTED("is printed again in every replay", "use ctx.logger()"),
  DEFAULT(
      "is a setting of the machine, and the next one may have another", "name the one you mean");

  private final String what;
  private final String cure;

  Remark(String what, String cure) {
    this.what = what;
    this.cure = cure;
  }

  /** Makes the finding, about what is done at that line. */
  Finding on(WorkflowMethod method, int line, String done) {
    return method.finding(line, done + " " + what, cure);
  }
}

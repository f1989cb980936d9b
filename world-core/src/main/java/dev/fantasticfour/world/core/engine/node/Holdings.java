package dev.fantasticfour.world.core.engine.node;

/**
 * What a tenure knows of the runs it has taken.
 *
 * @param table the runs that live here or are coming
 * @param suspects those whose owners died on them
 * @param stalls those that cannot go on
 * @param settling those that have ended and whose streams have not
 */
record Holdings(RunTable table, Suspects suspects, Stalls stalls, Settling settling) {

  static Holdings of(NodeParts parts, Tenure tenure) {
    Environment environment = parts.environment();
    Runnable soon = parts.sweeps()::soon;
    return new Holdings(
        new RunTable(
            environment.config().maxActiveRuns(), environment.config().maxParkedThreads(), soon),
        new Suspects(environment.machine(), soon),
        new Stalls(environment, tenure),
        new Settling(environment, tenure, parts.streams(), parts.relays()));
  }
}

package dev.fantasticfour.world.api.run;

/** How runs belong together. Those of a family are named by one run. */
public sealed interface Family {

  /** The run that names it. */
  RunId run();

  /** The runs that a run has started as its children. */
  record ChildrenOf(RunId run) implements Family {}

  /**
   * All runs below a run that has no parent and is the first of its chain: its children, those of
   * the runs that go on in its place, theirs, and so on; not itself.
   */
  record TreeOf(RunId run) implements Family {}

  /** The runs that began with the log of a run: its retries and forks. */
  record CopiesOf(RunId run) implements Family {}

  /**
   * The runs of a chain: the first, and those that go on in its place, one after the other. Any of
   * them names it. A run that nobody continues and that continues none is a chain by itself.
   */
  record ChainOf(RunId run) implements Family {}
}

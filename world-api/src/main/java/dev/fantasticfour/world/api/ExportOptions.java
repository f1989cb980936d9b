package dev.fantasticfour.world.api;

/**
 * What is written down of a history.
 *
 * @param isRedacted whether shapes stand in the place of values: types and lengths of what payloads
 *     hold, fingerprints of tokens, keys and the ids that callers gave. For those who are to see
 *     what happened and not what was said; names stay. Such a history cannot be told to code
 * @param isOfChain whether all runs of the chain follow each other, from the first to the newest,
 *     whichever of them was named
 */
public record ExportOptions(boolean isRedacted, boolean isOfChain) {

  /** One run, with all that was said. */
  public static final ExportOptions DEFAULT = new ExportOptions(false, false);

  /** The same without what was said. */
  public ExportOptions redacted() {
    return new ExportOptions(true, isOfChain);
  }

  /** The same of the whole chain. */
  public ExportOptions ofChain() {
    return new ExportOptions(isRedacted, true);
  }
}

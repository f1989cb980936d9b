package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.run.Family;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name runs by one that they belong to; one of them at a time. */
final class FamilySearch {

  @Option(
      names = "--parent",
      paramLabel = "RUN",
      description = "only runs that this one has started as its children")
  private @Nullable String parent;

  @Option(
      names = "--tree",
      paramLabel = "RUN",
      description = {
        "only runs below the top of the tree that this one is in: its children, theirs,",
        "and so on"
      })
  private @Nullable String tree;

  @Option(
      names = "--chain",
      paramLabel = "RUN",
      description = "only runs of its chain: the first, and those that go on in its place")
  private @Nullable String chain;

  /**
   * The one that a word of {@code --where} names: {@code parent}, {@code tree} or {@code chain}.
   */
  static FamilySearch named(String kind, String run) {
    FamilySearch search = new FamilySearch();
    switch (kind) {
      case "parent" -> search.parent = run;
      case "tree" -> search.tree = run;
      default -> search.chain = run;
    }
    return search;
  }

  /** The run that was named, if its id can be one. */
  RunId run() {
    return new RunId(
        Objects.requireNonNull(parent != null ? parent : tree != null ? tree : chain, "the run"));
  }

  /**
   * Those that belong to it. Any run of a tree stands for its tree, and any of a chain for its
   * chain.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_NOT_FOUND}
   */
  Family of(WorldClient client) {
    RunRecord run = client.run(run().value()).view().run();
    if (parent != null) {
      return new Family.ChildrenOf(run.id());
    }
    if (tree != null) {
      return new Family.TreeOf(run.parent() == null ? first(run) : new RunId(run.parent().root()));
    }
    return new Family.ChainOf(run.id());
  }

  private static RunId first(RunRecord run) {
    return run.predecessor() == null ? run.id() : new RunId(run.predecessor().chain());
  }
}

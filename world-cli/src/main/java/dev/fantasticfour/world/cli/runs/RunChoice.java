package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.core.port.Storage;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which run a command is about: its id, or the run key of its workflow. */
public final class RunChoice {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "id of the run; or --key and --workflow")
  private @Nullable String id;

  @Mixin private RunKey key = new RunKey();

  /**
   * What stands behind the run. Where the run is named by its key, that begins one word earlier.
   *
   * @param behind the words behind the id, null where there is none
   * @return as many, with the rest null
   */
  public @Nullable String[] words(@Nullable String... behind) {
    if (!key.isGiven()) {
      return behind;
    }
    @Nullable String[] all =
        Stream.concat(Stream.of(new @Nullable String[] {id}), Stream.of(behind))
            .filter(Objects::nonNull)
            .toArray(String[]::new);
    if (all.length > behind.length || id != null && id.startsWith(RunId.PREFIX)) {
      throw misnamed();
    }
    id = null;
    @Nullable String[] words = new String[behind.length];
    System.arraycopy(all, 0, words, 0, all.length);
    return words;
  }

  /**
   * The word of that name.
   *
   * @throws ParameterException when it is missing
   */
  public String required(String label, @Nullable String word) {
    if (word == null) {
      throw refused("Missing required parameter: '" + label + "'");
    }
    return word;
  }

  /**
   * A world to look for it in.
   *
   * @throws ParameterException when it is named by nothing, by half a key, or twice
   */
  public World client(Session session) {
    check();
    return Assembly.client(session);
  }

  /** The storage to look for it in; throws as {@link #client}. */
  public Storage storage(Session session) {
    check();
    return Assembly.storage(session);
  }

  /** What acts upon it; throws as {@link #client}. */
  public Operating operating(Session session) {
    check();
    return Assembly.operating(session);
  }

  /** The same where the storage is all that is needed; throws as {@link #client}. */
  public Operating onStorage(Session session) {
    check();
    return Assembly.onStorage(session);
  }

  /**
   * Its id.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_NOT_FOUND} when no run has
   *     the key
   */
  public String id(WorldClient client) {
    return id == null ? key.of(client) : id;
  }

  /** Its id; throws as the other one. */
  public RunId id(Storage storage) {
    return id == null ? key.of(storage) : new RunId(id);
  }

  private void check() {
    if (!key.isOneWith(id)) {
      throw misnamed();
    }
    if (id != null) {
      // Before anybody is asked: what can be no id is a mistyped command.
      RunId unused = new RunId(id);
    }
  }

  private ParameterException misnamed() {
    return refused("name one run: by its id, or by --key and --workflow together");
  }

  private ParameterException refused(String why) {
    return new ParameterException(
        Objects.requireNonNull(command, "the command that this is part of").commandLine(), why);
  }
}

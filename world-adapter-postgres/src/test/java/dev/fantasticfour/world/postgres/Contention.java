package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether batches of different runs want the same: a new run, a token, a key. Of one call nobody
 * promises which of them comes first, so either answer would be right.
 *
 * @param memory how it stands before the call
 */
record Contention(Storage memory) {

  /** Whether a batch competes with one of others that is of another run. */
  boolean isBetween(List<Batch> others, Batch batch) {
    String who = who(batch);
    Set<String> wanted = wanted(batch);
    return others.stream()
        .filter(other -> !who(other).equals(who))
        .anyMatch(other -> wanted(other).stream().anyMatch(wanted::contains));
  }

  /** The run that a batch is about; as long as there is none, what it is named by. */
  private String who(Batch batch) {
    return switch (batch.target()) {
      case Target.OfRun target -> of(target.run());
      case Target.OfHook target ->
          memory
              .hookByToken(target.token())
              .map(hook -> of(hook.run()))
              .orElse(token(target.token()));
      case Target.OfKey target ->
          memory
              .runByKey(target.workflow(), target.runKey())
              .map(run -> of(run.id()))
              .orElse(key(target.workflow(), target.runKey()));
    };
  }

  private Set<String> wanted(Batch batch) {
    Set<String> all = new HashSet<>();
    switch (batch.target()) {
      case Target.OfRun target -> held(target.run(), all);
      case Target.OfHook target -> {
        all.add(token(target.token()));
        memory.hookByToken(target.token()).map(HookRecord::run).ifPresent(run -> held(run, all));
      }
      case Target.OfKey target -> {
        all.add(key(target.workflow(), target.runKey()));
        all.add(of(target.ifNew()));
        memory.runByKey(target.workflow(), target.runKey()).ifPresent(run -> held(run.id(), all));
      }
    }
    batch.drafts().forEach(draft -> wanted(draft.fact(), all));
    return all;
  }

  /** What a run has, which it may let go of. */
  private void held(RunId run, Set<String> all) {
    all.add(of(run));
    for (HookRecord hook : memory.hooks(run, PageRequest.oldestFirst()).items()) {
      all.add(token(hook.token()));
    }
    memory
        .run(run)
        .filter(known -> known.runKey() != null)
        .ifPresent(known -> all.add(key(known.workflow(), known.runKey())));
  }

  private static void wanted(Fact fact, Set<String> all) {
    switch (fact) {
      case Fact.HookCreated hook -> all.add(token(hook.token()));
      case Fact.RunCreated creation -> wanted(creation, all);
      case Fact.RunStarted started -> wanted(started.creation(), all);
      case RunFact.Continued next -> {
        all.add("run " + next.nextRun());
        wanted(next.birth(), all);
      }
      case ChildFact.Created child -> {
        all.add("run " + child.childRun());
        wanted(child.birth(), all);
      }
      default -> {}
    }
  }

  private static void wanted(@Nullable Birth birth, Set<String> all) {
    if (birth != null) {
      wanted(birth.creation(), all);
    }
  }

  private static void wanted(Fact.@Nullable RunCreated creation, Set<String> all) {
    if (creation != null && creation.runKey() != null) {
      all.add(key(creation.workflow(), creation.runKey()));
    }
  }

  private static String of(RunId run) {
    return "run " + run.value();
  }

  private static String token(String token) {
    return "token " + token;
  }

  private static String key(String workflow, @Nullable String key) {
    return "key " + key + " of " + workflow;
  }
}

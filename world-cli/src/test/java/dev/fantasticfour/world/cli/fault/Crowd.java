package dev.fantasticfour.world.cli.fault;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.HookNotFoundException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.fault.Story.Told;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many runs at once, each with a run key, steps, a sleep and a hook that is answered from outside.
 */
final class Crowd {

  private static final int STARTERS = 8;

  private final Stage stage;
  private final String name;
  private final int size;
  private final Set<String> answered = new HashSet<>();

  /**
   * @param name what its run keys and tokens begin with
   */
  Crowd(Stage stage, String name, int size) {
    this.stage = stage;
    this.name = name;
    this.size = size;
  }

  /** Starts all of them, some at a time, each again under its run key until it is accepted. */
  List<Run<Told>> start() throws Exception {
    List<Run<Told>> started = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(STARTERS)) {
      List<Future<Run<Told>>> all = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        String key = name + "-" + i;
        all.add(threads.submit(() -> startUnder(key)));
      }
      for (Future<Run<Told>> run : all) {
        started.add(run.get());
      }
    }
    return started;
  }

  private Run<Told> startUnder(String key) {
    Story story =
        Story.of("step one", "step two", "hook " + key, "step three", "sleep 400", "step four");
    while (true) {
      try {
        return stage.client().start(Story.TYPE, story, o -> o.runKey(key));
      } catch (WorldException e) {
        if (e.code() != ErrorCode.UNAVAILABLE) {
          throw e;
        }
      }
    }
  }

  /** Answers the hooks that there are, each once; returns how many it has answered so far. */
  int answer() throws Exception {
    for (String token :
        stage
            .evidence()
            .texts("select token from workflow_hooks where token like ?", name + "-%")) {
      if (!answered.contains(token)) {
        answered.add(token);
        resume(token);
      }
    }
    return answered.size();
  }

  /** Answers hooks until that many have been. */
  void answerUntil(int enough) throws Exception {
    Until.holds(enough + " hooks are answered", () -> answer() >= enough);
  }

  /** How many of them are completed. */
  long completed() throws Exception {
    return stage
        .evidence()
        .number(
            "select count(*) from workflow_runs where status = 'completed' and run_key like ?",
            name + "-%");
  }

  private void resume(String token) {
    while (true) {
      try {
        stage.client().resume(Story.HOOK, token, "yes");
        return;
      } catch (HookNotFoundException e) {
        // An answer that was accepted just before the server went has closed it.
        return;
      } catch (WorldException e) {
        if (e.code() != ErrorCode.UNAVAILABLE) {
          throw e;
        }
      }
    }
  }
}

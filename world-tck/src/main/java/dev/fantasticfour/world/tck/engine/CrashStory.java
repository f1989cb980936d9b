package dev.fantasticfour.world.tck.engine;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.tck.FaultLine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of the sample workflow whose first node meets a fault. When that loses it, another goes
 * on.
 *
 * @param calls how many port calls the first node made
 * @param lostAt at which it was lost, or null
 * @param end what must not depend on it
 */
record CrashStory(int calls, @Nullable String lostAt, End end) {

  /** How a run ended: its status, its output and the outcomes of its steps by name. */
  record End(RunStatus status, @Nullable Payload output, Map<String, List<String>> steps) {

    static End of(RunRecord run, List<Event> log) {
      Map<String, String> names = new TreeMap<>();
      for (Event event : log) {
        if (event.fact() instanceof Fact.StepCreated created) {
          names.put(Objects.requireNonNull(event.correlationId()), created.site().name());
        } else if (event.fact() instanceof Fact.StepCompleted done && done.site() != null) {
          names.put(Objects.requireNonNull(event.correlationId()), done.site().name());
        }
      }
      return new End(
          run.status(),
          run.output(),
          log.stream()
              .filter(event -> event.fact() instanceof Fact.StepCompleted)
              .collect(
                  groupingBy(
                      event ->
                          names.getOrDefault(
                              Objects.requireNonNull(event.correlationId()), "nameless"),
                      TreeMap::new,
                      mapping(End::result, toList()))));
    }

    private static String result(Event event) {
      Payload result = ((Fact.StepCompleted) event.fact()).result();
      return result == null ? "nothing" : result.text();
    }
  }

  /** Plays it to its end; the scene is as before afterwards, but for the runs it remembers. */
  static CrashStory play(WorldScene scene, int call, FaultLine.Fault fault) {
    SampleWorkflow sample = new SampleWorkflow(scene);
    FaultLine line = FaultLine.at(call, fault);
    Player player = new Player(scene, sample, "key-" + UUID.randomUUID());
    Peer first = scene.unstarted(line, sample::register);
    Run<String> run = player.begin(first);
    scene
        .stage()
        .await("the run ends or its node is lost", () -> player.look(run) || line.lostAt() != null);
    if (!player.look(run)) {
      scene.untilEverybodyKnows();
      scene.peer(sample::register);
      scene.stage().await("the run ends although its node was lost", () -> player.look(run));
    }
    RunRecord ended = scene.view(run);
    List<Event> log = scene.log(run);
    CrashStory story = new CrashStory(line.calls(), line.lostAt(), End.of(ended, log));
    line.lose("the end");
    scene.endPeers();
    return story;
  }

  /** What is done from outside while the run goes on. */
  private static final class Player {

    private final WorldScene scene;
    private final SampleWorkflow sample;
    private final String key;
    private boolean resumed;

    Player(WorldScene scene, SampleWorkflow sample, String key) {
      this.scene = scene;
      this.sample = sample;
      this.key = key;
    }

    /** Whoever starts a run repeats it under its key until it is there. */
    Run<String> begin(Peer first) {
      try {
        first.world().start();
        return scene.start(first.world(), sample.type(), "in", o -> o.runKey(key));
      } catch (WorldException e) {
        first.line().lose("the start");
        return scene.start(scene.client(), sample.type(), "in", o -> o.runKey(key));
      }
    }

    /** Sends the payload as soon as somebody listens; whether the run has ended. */
    boolean look(Run<String> run) {
      if (!resumed && scene.storage().hookByToken(sample.token()).isPresent()) {
        resumed = true;
        String unused =
            scene.client().client().resume(SampleWorkflow.HOOK, sample.token(), "payload");
      }
      return scene.storage().run(new RunId(run.id())).orElseThrow().status().isFinal();
    }
  }
}

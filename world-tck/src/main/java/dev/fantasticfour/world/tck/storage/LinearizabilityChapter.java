package dev.fantasticfour.world.tck.storage;

import static dev.fantasticfour.world.tck.storage.StorageScene.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.tck.Rule;
import dev.fantasticfour.world.tck.storage.History.Call;
import dev.fantasticfour.world.tck.storage.History.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Clients that ask of one run at the same time: is there an order that explains the answers? */
public interface LinearizabilityChapter {

  /** Clients of a round. */
  int CLIENTS = 4;

  /** Calls of a client, one after another. */
  int CALLS = 4;

  @Test
  @Rule({"LIN-1", "L2"})
  default void concurrentAppendsToOneRunHaveALegalOrder(StorageScene scene) throws Exception {
    Races.rounds(
        scene,
        race -> {
          RunId run = scene.runId();
          String token = scene.token();
          List<Batch> setup =
              List.of(
                  batch(run, Authority.ANYONE, Drafts.created("w")),
                  batch(
                      run,
                      Authority.ANYONE,
                      Drafts.started(),
                      Drafts.stepCreated("step_1"),
                      Drafts.hookCreated("hook_1", token)));
          setup.forEach(each -> StorageScene.accepted(StorageScene.append(scene.storage(), each)));
          List<Callable<List<Call>>> clients = new ArrayList<>();
          for (int i = 0; i < CLIENTS; i++) {
            Storage at = race.at(i);
            List<Op> ops = ops(race.random(), run, token);
            clients.add(() -> ops.stream().map(op -> Call.make(at, op)).toList());
          }
          List<Call> calls = new ArrayList<>();
          race.all(clients).forEach(calls::addAll);
          calls.add(Call.make(scene.storage(), Op.log(run)));
          assertThat(Linearizer.order(new History(setup, calls), scene.stage()::now))
              .as("an order that explains the answers of\n%s", told(calls))
              .isPresent();
        });
  }

  private static List<Op> ops(Random random, RunId run, String token) {
    List<Op> ops = new ArrayList<>();
    Batch last = batch(run, Authority.ANYONE, draft(random, token));
    for (int i = 0; i < CALLS; i++) {
      switch (random.nextInt(10)) {
        case 0 -> ops.add(Op.log(run));
        case 1 -> ops.add(Op.view(run));
        case 2 -> ops.add(Op.step(run, "step_1"));
        case 3 -> ops.add(Op.token(token));
        case 4 -> ops.add(Op.append(last));
        case 5 -> {
          last = batch(run, Authority.ANYONE, draft(random, token), draft(random, token));
          ops.add(Op.append(last));
        }
        default -> {
          last = batch(run, Authority.ANYONE, draft(random, token));
          ops.add(Op.append(last));
        }
      }
    }
    return ops;
  }

  private static Draft draft(Random random, String token) {
    String step = "step_" + (1 + random.nextInt(2));
    return switch (random.nextInt(24)) {
      case 0 -> Drafts.completed();
      case 1, 2 -> Drafts.hookDisposed("hook_1");
      case 3, 4 -> Drafts.hookCreated("hook_2", token);
      case 5, 6, 7 -> Drafts.hookReceived("hook_1");
      case 8, 9 -> Drafts.waitCreated("wait_1");
      case 10, 11 -> Drafts.waitCompleted("wait_1");
      case 12, 13 -> Drafts.stepCompleted(step);
      case 14 -> Drafts.stepFailed(step);
      case 15, 16 -> Drafts.stepRetrying(step, null);
      case 17, 18, 19 -> Drafts.stepCreated(step);
      case 20 -> Drafts.cancelRequested();
      default -> Drafts.stepStarted(step);
    };
  }

  private static String told(List<Call> calls) {
    StringBuilder told = new StringBuilder();
    long start = calls.stream().mapToLong(Call::begun).min().orElse(0);
    for (Call call : calls) {
      told.append(
          "%8d to %8d us: %s: %s%n"
              .formatted(
                  (call.begun() - start) / 1_000,
                  (call.ended() - start) / 1_000,
                  call.op().name(),
                  call.answer()));
    }
    return told.toString();
  }
}

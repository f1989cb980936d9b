package dev.fantasticfour.world.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.rules.MatrixCase;
import dev.fantasticfour.world.core.rules.TransitionMatrix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryStorageMatrixTest {

  private final Scene scene = new Scene();

  @Test
  void everyStateAnswersEveryEventAsTheRulesSay() {
    scene.storage.register(MatrixCase.OWNER, "build", Scene.LEASE);
    List<MatrixCase> cases = TransitionMatrix.cases("m-", scene.clock.instant());
    assertThat(cases).hasSizeGreaterThan(5_000);

    List<String> mismatches = new ArrayList<>();
    cases.forEach(it -> tryOut(it, mismatches));
    assertThat(mismatches).isEmpty();
  }

  private void tryOut(MatrixCase it, List<String> mismatches) {
    for (MatrixCase.Planned planned : it.setup()) {
      assertThat(Scene.accepted(scene.anyone(planned.run(), planned.draft()))).isNotEmpty();
    }
    if (it.claimed()) {
      assertThat(scene.storage.claim(MatrixCase.OWNER, Work.ofAll("queue"), List.of(it.at().id())))
          .hasSize(1);
    }
    List<Event> before = scene.log(it.at().id());
    AppendResult answer = scene.append(scene.batch(it.at().id(), it.at().by(), it.draft()));
    it.mismatch(answer).ifPresent(mismatches::add);
    if (!(answer instanceof AppendResult.Appended) && !scene.log(it.at().id()).equals(before)) {
      mismatches.add(it.name() + ": a refused batch left a trace");
    }
  }
}

package dev.fantasticfour.world.tck.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Answer;
import dev.fantasticfour.world.tck.Outage;
import dev.fantasticfour.world.tck.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The queue cannot be reached for a while. */
public interface QueueOutageChapter {

  @Test
  @Rule("OUT-2")
  default void aQueueThatIsAwayIsUnavailableAndItsSubscriptionsGoOn(QueueScene scene) {
    Outage<Queue> outage = scene.stage().outage();
    Queue cut = scene.stage().another(outage);
    Inbox inbox = scene.receive(cut, 2, delivery -> Answer.DONE);
    scene.send("before");
    inbox.await(1);
    outage.begin().run();
    try {
      Throwable refused = catchThrowable(() -> cut.enqueue(List.of(scene.message("refused"))));
      assertThat(refused).isInstanceOf(WorldException.class);
      assertThat(((WorldException) refused).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    } finally {
      outage.end().run();
    }
    scene.send("after");
    scene.stage().await("it is delivered", () -> inbox.texts().contains("after"));
    Queue.Message own = scene.message("own");
    scene.stage().await("it can be sent to again", () -> isSent(cut, own));
    scene.stage().await("that is delivered", () -> inbox.texts().contains("own"));
    scene.end();
    scene.stage().close(cut);
  }

  /** Whether it was sent; if not the queue was away. */
  private static boolean isSent(Queue queue, Queue.Message message) {
    try {
      queue.enqueue(List.of(message));
      return true;
    } catch (WorldException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      return false;
    }
  }
}

package dev.fantasticfour.world.core.engine.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.core.engine.history.Logs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far an execution knows its log. */
class LogTailTest {

  private static final Fact RECEIVED = new Fact.HookReceived(null);
  private static final Fact STARTED = new Fact.StepStarted(null, 1, "worker");
  private static final Fact DONE = new Fact.StepCompleted(null, 1, null, null);

  private final LogTail tail = new LogTail();
  private final Logs logs = new Logs();

  LogTailTest() {
    tail.begin(0, List.of());
  }

  @Test
  void allIsSeenWhenNothingIsLeftToTell() {
    logs.others("h", RECEIVED);
    tail.follow(logs.log());

    assertThat(tail.next()).isEqualTo(logs.at(1));
    assertThat(tail.seen()).isEqualTo(1);
  }

  @Test
  void seenEndsBeforeTheFirstEventThatIsLeft() {
    logs.others("s", STARTED).others("h", RECEIVED);
    tail.follow(logs.log());

    assertThat(tail.seen()).isEqualTo(1);
  }

  @Test
  void recordsAreKnownButNotTold() {
    logs.others("s", STARTED);
    tail.follow(logs.log());

    assertThat(tail.next()).isNull();
    assertThat(tail.known()).isEqualTo(1);
  }

  @Test
  void anEventThatLeavesAGapIsKeptAside() {
    logs.others("h", RECEIVED).others("h", RECEIVED);
    tail.told(List.of(logs.at(2)));

    assertThat(tail.hasGap()).isTrue();
    assertThat(tail.next()).isNull();
  }

  @Test
  void aGapIsFilledByWhatIsToldLate() {
    logs.others("h", RECEIVED).others("h", RECEIVED);
    tail.told(List.of(logs.at(2)));
    tail.told(List.of(logs.at(1)));

    assertThat(tail.hasGap()).isFalse();
    assertThat(tail.next()).isEqualTo(logs.at(1));
    assertThat(tail.next()).isEqualTo(logs.at(2));
  }

  @Test
  void aGapIsFilledByTheOwnersCommit() {
    logs.owner("b", 0, "s", DONE).others("h", RECEIVED);
    tail.told(List.of(logs.at(2)));
    tail.committed(List.of(logs.at(1)), List.of());

    assertThat(tail.hasGap()).isFalse();
    assertThat(tail.next()).isEqualTo(logs.at(2));
  }

  @Test
  void whatCameBeforeACommitIsLeftToTell() {
    logs.others("h", RECEIVED).owner("b", 0, "s", DONE);
    tail.committed(List.of(logs.at(2)), List.of(logs.at(1)));

    assertThat(tail.next()).isEqualTo(logs.at(1));
    assertThat(tail.known()).isEqualTo(2);
  }

  @Test
  void nothingIsToldTwice() {
    logs.others("h", RECEIVED);
    tail.told(logs.log());
    tail.follow(logs.log());
    tail.committed(List.of(), logs.log());

    assertThat(tail.next()).isEqualTo(logs.at(1));
    assertThat(tail.next()).isNull();
  }

  @Test
  void anEndFromOutsideIsNoticed() {
    logs.others(null, new Fact.RunTerminated("enough"));
    tail.follow(logs.log());

    assertThat(tail.isTerminated()).isTrue();
  }
}

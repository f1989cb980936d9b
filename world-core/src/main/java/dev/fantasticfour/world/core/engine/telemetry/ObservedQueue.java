package dev.fantasticfour.world.core.engine.telemetry;

import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.observe.Outcome;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.forwarding.ForwardingQueue;
import java.util.function.LongSupplier;

/** Tells an observer of the messages that are handled. */
public final class ObservedQueue extends ForwardingQueue {

  private static final String AGAIN = "again";

  private final Observer observer;
  private final LongSupplier nanos;

  private ObservedQueue(Queue inner, Observer observer, LongSupplier nanos) {
    super(inner);
    this.observer = observer;
    this.nanos = nanos;
  }

  /** That queue, observed if there is somebody to observe it. */
  public static Queue of(Queue queue, Observer observer, LongSupplier nanos) {
    return observer == Observer.NONE ? queue : new ObservedQueue(queue, observer, nanos);
  }

  @Override
  public Subscription subscribe(String queue, int concurrency, Handler handler) {
    return super.subscribe(queue, concurrency, delivery -> handle(delivery, handler));
  }

  private Answer handle(Delivery delivery, Handler handler) throws Exception {
    Timing timing =
        Timing.of(
            observer,
            nanos,
            new Operation.Handling(delivery.queue(), delivery.id(), delivery.attempt()));
    Answer answer;
    try {
      answer = handler.handle(delivery);
    } catch (Exception | Error e) {
      timing.failed(e);
      throw e;
    }
    switch (answer) {
      case Answer.Done done -> timing.end(Outcome.DONE, null);
      case Answer.Again again -> timing.end(AGAIN, null);
    }
    return answer;
  }
}

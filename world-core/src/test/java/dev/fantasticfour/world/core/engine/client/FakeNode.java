package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.core.engine.node.LocalNode;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The workers of a process, which remember what they are told and execute nothing. */
final class FakeNode implements LocalNode {

  private final AtomicInteger freeSlots = new AtomicInteger();
  private final Map<RunId, List<Event>> begun = new ConcurrentHashMap<>();
  private final Map<RunId, List<Event>> told = new ConcurrentHashMap<>();
  private final Map<String, HookType<?>> open = new ConcurrentHashMap<>();
  private final List<EndListener> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<Event>> appendListeners = new CopyOnWriteArrayList<>();
  private volatile WorkerId worker = new WorkerId("wrkr_here");

  void freeSlots(int number) {
    freeSlots.set(number);
  }

  int freeSlots() {
    return freeSlots.get();
  }

  WorkerId worker() {
    return worker;
  }

  void becomes(WorkerId other) {
    worker = other;
  }

  Map<RunId, List<Event>> begun() {
    return begun;
  }

  Map<RunId, List<Event>> told() {
    return told;
  }

  void sawEnding(RunId run) {
    listeners.forEach(listener -> listener.ended(run, null));
  }

  void sawAppended(List<Event> events) {
    appendListeners.forEach(events::forEach);
  }

  @Override
  public Optional<Slot> reserve(String workflow, RunId run) {
    if (freeSlots.get() == 0) {
      return Optional.empty();
    }
    freeSlots.decrementAndGet();
    return Optional.of(new FakeSlot(run));
  }

  @Override
  public boolean tell(WorkerId owner, RunId run, List<Event> events) {
    if (!owner.equals(worker)) {
      return false;
    }
    told.put(run, events);
    return true;
  }

  /** Code in this process has a hook open. */
  void opens(String token, HookType<?> type) {
    open.put(token, type);
  }

  @Override
  public boolean hold(WorkerId owner, RunId run) {
    return false;
  }

  @Override
  public Optional<HookType<?>> openHook(String token) {
    return Optional.ofNullable(open.get(token));
  }

  @Override
  public void onEnd(EndListener listener) {
    listeners.add(listener);
  }

  @Override
  public void onAppend(Consumer<Event> listener) {
    appendListeners.add(listener);
  }

  private final class FakeSlot implements Slot {

    private final RunId run;
    private boolean used;

    FakeSlot(RunId run) {
      this.run = run;
    }

    @Override
    public WorkerId worker() {
      return worker;
    }

    @Override
    public void begin(List<Event> events) {
      useOnce();
      begun.put(run, events);
    }

    @Override
    public void release() {
      useOnce();
      freeSlots.incrementAndGet();
    }

    private void useOnce() {
      if (used) {
        throw new AssertionError("a slot is used once");
      }
      used = true;
    }
  }
}

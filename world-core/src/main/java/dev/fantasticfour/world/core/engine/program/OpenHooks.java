package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.workflow.HookType;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hooks that runs executed by this process have open, by token: where a payload is sent from,
 * one can see whether it is of the type that the workflow waits for. Code that is given up says so;
 * where its thread never comes to that, its hooks are forgotten with it. Safe for any number of
 * threads.
 */
public final class OpenHooks {

  private final ConcurrentHashMap<String, Held> held = new ConcurrentHashMap<>();
  private final ReferenceQueue<Mailbox<?>> dropped = new ReferenceQueue<>();

  private static final class Held extends WeakReference<Mailbox<?>> {

    private final String token;

    private Held(Mailbox<?> mailbox, ReferenceQueue<Mailbox<?>> dropped) {
      super(mailbox, dropped);
      this.token = mailbox.token();
    }
  }

  /** The type of the hook that has that token and that code in this process has open. */
  public Optional<HookType<?>> typeOf(String token) {
    Held found = held.get(token);
    Mailbox<?> mailbox = found == null ? null : found.get();
    return mailbox != null && mailbox.isOpen() ? Optional.of(mailbox.type()) : Optional.empty();
  }

  /** How many are remembered. */
  public int size() {
    forgetDropped();
    return held.size();
  }

  void opened(Mailbox<?> mailbox) {
    forgetDropped();
    held.put(mailbox.token(), new Held(mailbox, dropped));
  }

  void closed(Mailbox<?> mailbox) {
    held.computeIfPresent(
        mailbox.token(), (token, known) -> known.refersTo(mailbox) ? null : known);
  }

  private void forgetDropped() {
    for (Reference<?> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
      if (gone instanceof Held each) {
        held.remove(each.token, each);
      }
    }
  }
}

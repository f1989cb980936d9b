package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hook that came over from the run before. What arrives is kept until the code asks for a hook
 * under its token, which has it then.
 */
final class CarriedHook {

  private final String token;
  private final List<Kept> kept = new ArrayList<>(0);
  private @Nullable Mailbox<?> heir;

  CarriedHook(String token) {
    this.token = token;
  }

  private record Kept(@Nullable Payload payload, long position) {}

  void receive(@Nullable Payload payload, long position) {
    Mailbox<?> now = heir;
    if (now == null) {
      kept.add(new Kept(payload, position));
    } else {
      now.receive(payload, position);
    }
  }

  /** The code asks for a hook: if it is under that token, it has what came, from the first on. */
  void takenUpBy(Mailbox<?> mailbox) {
    if (heir == null && mailbox.token().equals(token)) {
      heir = mailbox;
      kept.forEach(each -> mailbox.receive(each.payload(), each.position()));
      kept.clear();
    }
  }

  /** Adds where in the log stands what nobody has taken. */
  void leave(Collection<Long> positions) {
    kept.forEach(each -> positions.add(each.position()));
  }
}

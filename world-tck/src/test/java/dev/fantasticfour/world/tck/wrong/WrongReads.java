package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ways to read wrongly what was written rightly. */
final class WrongReads {

  private WrongReads() {}

  /** No cursor once a list is at its end. */
  static Storage withoutTailCursor(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Page<Event> events(RunId run, PageRequest page) {
        Page<Event> read = inner.events(run, page);
        return read.hasMore() ? read : new Page<>(read.items(), null, false);
      }
    };
  }

  /**
   * Tokens that go on finding their hooks when these are gone.
   *
   * @param cache what was found once, shared by all instances over one store
   */
  static Storage withStaleTokens(Storage inner, Map<String, HookRecord> cache) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<HookRecord> hookByToken(String token) {
        inner.hookByToken(token).ifPresent(hook -> cache.put(token, hook));
        return Optional.ofNullable(cache.get(token));
      }

      @Override
      public Optional<HookRecord> hook(RunId run, String hookId) {
        Optional<HookRecord> hook = inner.hook(run, hookId);
        hook.ifPresent(found -> cache.put(found.token(), found));
        return hook;
      }
    };
  }

  /** A log by id of what it is about, as by an id that was made before the commit. */
  static Storage withLogInOrderOfIds(Storage inner) {
    return new OtherHistory(inner) {
      @Override
      public List<Event> history(RunId run, long after, int limit) {
        List<Event> log = inner.history(run, 0, 10_000);
        return log.stream()
            .sorted(
                Comparator.comparing(
                    event -> event.correlationId() == null ? "" : event.correlationId()))
            .skip(after)
            .limit(limit)
            .toList();
      }
    };
  }
}

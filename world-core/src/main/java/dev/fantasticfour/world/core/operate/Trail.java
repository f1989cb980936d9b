package dev.fantasticfour.world.core.operate;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Audit.Deed;
import dev.fantasticfour.world.core.port.Audit.Outcome;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Storage;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things in the name of somebody: when they may, and written down. */
final class Trail {

  private static final Logger LOG = LoggerFactory.getLogger(Trail.class);

  private final Storage storage;
  private final Principal principal;
  private final String via;
  private final Supplier<String> requestIds;

  Trail(Storage storage, Principal principal, String via, Supplier<String> requestIds) {
    this.storage = storage;
    this.principal = principal;
    this.via = via;
    this.requestIds = requestIds;
  }

  /**
   * What is to be done.
   *
   * @param target to what; null: to what matches
   * @param filter what has to match, or null
   * @param reason why, or null
   */
  record Request(
      Action action, @Nullable String target, @Nullable String filter, @Nullable String reason) {

    static Request of(Action action, @Nullable String target) {
      return new Request(action, target, null, null);
    }
  }

  /** Sees that whoever asks may, for what is not written down. */
  void require(Action action) {
    if (!principal.has(action.permission())) {
      throw notPermitted(action);
    }
  }

  /** The same for what is about more than runs: whoever has a scope may not. */
  void requireUnscoped(Action action) {
    require(action);
    if (!principal.scope().isEmpty()) {
      throw beyondScope(action);
    }
  }

  private WorldException beyondScope(Action action) {
    return refused(action, "it is about more than the runs in their scope");
  }

  private WorldException notPermitted(Action action) {
    return refused(action, "that needs the permission '" + word(action.permission()) + "'");
  }

  private static String word(Permission permission) {
    return permission.name().toLowerCase(Locale.ROOT);
  }

  private WorldException refused(Action action, String why) {
    return new WorldException(
        ErrorCode.NOT_PERMITTED, principal.name() + " may not do '" + action.word() + "': " + why);
  }

  /** Does what is about no run: whoever has a scope may not. */
  <T extends @Nullable Object, E extends Exception> T beyondRuns(
      Request request, Work<T, E> work, Function<T, String> said) throws E {
    Work<Boolean, RuntimeException> allowed = () -> principal.scope().isEmpty();
    return act(request, allowed, () -> beyondScope(request.action()), work, said);
  }

  /**
   * Does something to a run, by its id. One beyond the scope is not there for whoever has it.
   *
   * @param isTheirs asked only for whoever has a scope
   */
  <T extends @Nullable Object, E extends Exception> T toRun(
      Request request, Supplier<Boolean> isTheirs, Work<T, E> work, Function<T, String> said)
      throws E {
    Work<Boolean, RuntimeException> allowed = () -> principal.scope().isEmpty() || isTheirs.get();
    return act(
        request,
        allowed,
        () ->
            new WorldException(
                ErrorCode.RUN_NOT_FOUND, "there is no run for '" + request.target() + "'"),
        work,
        said);
  }

  /** Does something that keeps to the scope by itself. */
  <T extends @Nullable Object, E extends Exception> T withinScope(
      Request request, Work<T, E> work, Function<T, String> said) throws E {
    return act(request, () -> true, () -> notPermitted(request.action()), work, said);
  }

  private <T extends @Nullable Object, E extends Exception> T act(
      Request request,
      Work<Boolean, RuntimeException> allowed,
      Supplier<WorldException> denial,
      Work<T, E> work,
      Function<T, String> said)
      throws E {
    Deed deed = deed(request);
    WorldException refusal =
        !principal.has(request.action().permission())
            ? notPermitted(request.action())
            : allowed.get() ? null : denial.get();
    if (refusal != null) {
      write(deed, Outcome.REFUSED, refusal.getMessage());
      throw refusal;
    }
    write(deed, Outcome.INTENDED, null);
    T result;
    try {
      result = work.get();
    } catch (Exception e) {
      settle(deed, Outcome.FAILED, String.valueOf(e.getMessage()));
      throw e;
    }
    settle(deed, Outcome.DONE, said.apply(result));
    return result;
  }

  private Deed deed(Request request) {
    return new Deed(
        requestIds.get(),
        principal.name(),
        via,
        request.action().word(),
        request.target(),
        request.filter(),
        request.reason());
  }

  /** What cannot be written down is not done. */
  private void write(Deed deed, Outcome outcome, @Nullable String detail) {
    if (!storage.declined().contains(Capability.AUDIT)) {
      boolean unused = storage.audit(deed, outcome, detail == null ? null : Secrets.mask(detail));
    }
  }

  /** It was done, or not: that this cannot be written down changes neither. */
  private void settle(Deed deed, Outcome outcome, String detail) {
    try {
      write(deed, outcome, detail);
    } catch (RuntimeException e) {
      // What is done is done, whatever becomes of what is written of it.
      LOG.warn(
          "Audit entry {} ({} of {}) stays as intended, although it is {}: {}",
          deed.requestId(),
          deed.action(),
          deed.actor(),
          outcome.word(),
          e.getMessage());
    }
  }
}

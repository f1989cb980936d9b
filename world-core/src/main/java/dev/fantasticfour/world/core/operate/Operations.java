package dev.fantasticfour.world.core.operate;

import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import java.util.function.Supplier;

/**
 * What operators may see and do, once for every skin of it: the command line, a console, an
 * endpoint of an application. A thin layer over the client and the ports that adds who does it:
 * whether they may, and that it is written down before and after ({@link
 * dev.fantasticfour.world.core.port.Audit}).
 *
 * <p>Programs that use {@link WorldClient} do not come through here: what they do is part of what
 * they are, and is not audited.
 *
 * <p>Safe for any number of threads. Opens and closes nothing.
 */
public final class Operations {

  private final Storage storage;
  private final Supplier<? extends WorldClient> client;
  private final Supplier<? extends Queue> queue;
  private final Supplier<String> requestIds;

  /**
   * @param storage asked directly for what no client has, and for the audit, which is left out
   *     where the storage declines it
   * @param client asked for when it is needed first; may be slow
   * @param queue asked for when it is needed first; may be slow
   * @param requestIds makes what a request is known by; no two of all processes are the same
   */
  public Operations(
      Storage storage,
      Supplier<? extends WorldClient> client,
      Supplier<? extends Queue> queue,
      Supplier<String> requestIds) {
    this.storage = storage;
    this.client = client;
    this.queue = queue;
    this.requestIds = requestIds;
  }

  /**
   * What somebody may see and do. Nothing is looked at yet: what they may not is refused when they
   * try.
   *
   * @param via what they do it with, for the audit: {@code cli}, {@code console}
   */
  public Operator as(Principal principal, String via) {
    return new Operator(
        storage, client, queue, new Trail(storage, principal, via, requestIds), principal);
  }
}

package dev.fantasticfour.world.cli.demo;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.HookNotFoundException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.HookRecord;
import java.util.HashSet;
import java.util.Set;

/**
 * Somebody outside who approves orders: resumes the hooks that runs wait at, as they appear. At
 * first those of one half; of all, as soon as it is told so.
 */
final class Approvals implements Runnable {

  private static final long PAUSE_MILLIS = 150;

  private final WorldClient client;
  private final Set<String> early;
  private final Set<String> done = new HashSet<>();
  private volatile boolean everybody;

  /**
   * @param early tokens to approve at once
   */
  Approvals(WorldClient client, Set<String> early) {
    this.client = client;
    this.early = Set.copyOf(early);
  }

  /** From now on every order is approved. */
  void approveEverybody() {
    everybody = true;
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        PageRequest page = PageRequest.oldestFirst().withLimit(PageRequest.MAX);
        for (HookRecord hook : client.hooks(null, page).items()) {
          if ((everybody || early.contains(hook.token())) && !done.contains(hook.token())) {
            approve(hook.token());
          }
        }
        Thread.sleep(PAUSE_MILLIS);
      } catch (WorldException e) {
        if (e.code() == ErrorCode.CLOSED) {
          return;
        }
        // The store is away for a moment; nothing is lost by asking again.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void approve(String token) {
    try {
      client.resume(DemoWorkflow.APPROVAL, token, "the demo");
    } catch (HookNotFoundException e) {
      // Its run has closed it since it was listed: somebody was quicker.
    }
    done.add(token);
  }
}

package dev.fantasticfour.world.cli.demo;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The worker processes of a demo. None of them outlives this JVM. */
final class WorkerProcesses implements AutoCloseable {

  private final Map<String, String> variables;
  private final Path directory;
  private final List<WorkerProcess> all = new ArrayList<>();

  /**
   * @param variables the environment of each
   * @param directory where their logs go
   */
  WorkerProcesses(Map<String, String> variables, Path directory) {
    this.variables = Map.copyOf(variables);
    this.directory = directory;
  }

  synchronized WorkerProcess start() {
    WorkerProcess worker = WorkerProcess.start("worker-" + (all.size() + 1), variables, directory);
    all.add(worker);
    return worker;
  }

  /** The worker of that name. */
  synchronized WorkerProcess named(String name) {
    return all.stream().filter(worker -> worker.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * Fails when a worker has ended that nobody has killed.
   *
   * @param killed how many have been
   */
  synchronized void requireAlive(int killed) {
    List<WorkerProcess> gone = all.stream().filter(worker -> !worker.process().isAlive()).toList();
    if (gone.size() > killed) {
      WorkerProcess first = gone.getFirst();
      throw new WorldException(
          ErrorCode.CONTRACT_VIOLATION,
          first.name()
              + " has ended by itself with exit code "
              + first.process().exitValue()
              + "; the end of its log: "
              + first.lastWords());
    }
  }

  /** Has all of them hand over and end, at the same time. */
  @Override
  public void close() {
    List<Thread> ends =
        snapshot().stream().map(worker -> Thread.ofVirtual().start(worker::stop)).toList();
    for (Thread end : ends) {
      try {
        end.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        killAll();
        return;
      }
    }
  }

  /** Ends all of them at once. */
  void killAll() {
    snapshot().forEach(worker -> worker.process().destroyForcibly());
  }

  private synchronized List<WorkerProcess> snapshot() {
    return List.copyOf(all);
  }
}

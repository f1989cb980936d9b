package dev.fantasticfour.world.test.history;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.export.HistoryHeader;
import dev.fantasticfour.world.core.engine.export.HistoryReader;
import dev.fantasticfour.world.core.engine.export.RunHistory;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.replay.Replay;
import dev.fantasticfour.world.core.engine.replay.Verdict;
import dev.fantasticfour.world.core.rules.Erasure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

/** Tells what is in a file to what is registered. */
final class Retold {

  private final Registry registry;
  private final PayloadCodec codec;
  private final Function<Replay, Verdict> question;
  private final ThreadFactory threads = Thread.ofVirtual().name("replayed-", 0).factory();

  Retold(Registry registry, PayloadCodec codec, Function<Replay, Verdict> question) {
    this.registry = registry;
    this.codec = codec;
    this.question = question;
  }

  /** What in a file does not fit, for people; nothing when all does. */
  List<String> faults(Path file) {
    List<RunHistory> histories;
    try (Reader in = Files.newBufferedReader(file)) {
      histories = HistoryReader.read(file.toString(), in);
    } catch (WorldException e) {
      return List.of("\n" + e.getMessage() + "\n");
    } catch (IOException e) {
      return List.of("\ncannot read history '" + file + "': " + e + "\n");
    }
    List<String> faults = new ArrayList<>();
    for (RunHistory history : histories) {
      String fault = fault(history);
      if (!fault.isEmpty()) {
        HistoryHeader header = history.header();
        faults.add(
            "\n%s, run %s of workflow '%s', %s\n"
                .formatted(file, header.run(), header.workflow(), fault));
      }
    }
    return faults;
  }

  private String fault(RunHistory history) {
    HistoryHeader header = history.header();
    if (header.isRedacted()) {
      return history.events().stream().anyMatch(event -> Erasure.isErased(event.fact()))
          ? "cannot be replayed: the run was erased, so that what the code was told is nowhere any"
              + " more"
          : "cannot be replayed: it was exported with --redact, so that what the code was told is"
              + " not in it. Export the run again without that";
    }
    Optional<Definition<?, ?>> definition = registry.workflow(header.workflow());
    if (definition.isEmpty()) {
      return "cannot be replayed: no workflow of that name is registered here, but "
          + new TreeSet<>(registry.workflowNames())
          + ". Was it renamed? Its runs know it by its name";
    }
    Verdict verdict =
        question.apply(new Replay(definition.get(), codec, threads, history.events()));
    return verdict.agrees() ? "" : verdict.difference();
  }
}

package dev.fantasticfour.world.cli.fault;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.core.engine.stream.AttemptWriter;
import java.io.IOException;
import java.util.concurrent.CancellationException;

/**
 * The main class of a JVM that writes to a stream in the first attempt of a step for as long as it
 * is let. It tells its worker and each number that it has written on standard output, and at last
 * why it was refused; when its input ends, whoever started it is gone, and it halts.
 */
public final class ZombieMain {

  static final String STEP = "step_0";
  static final String WORKER = "worker ";
  static final String WROTE = "wrote ";
  static final String REFUSED = "refused ";

  private ZombieMain() {}

  /** What it writes that often. */
  static String text(int number) {
    return "zombie:" + number;
  }

  /** Runs until it is told to end; the arguments are the run and the name of its stream. */
  public static void main(String[] arguments) throws IOException {
    RunId run = new RunId(arguments[0]);
    StreamType<String> words = StreamType.of(arguments[1], String.class);
    Thread.ofPlatform().daemon().name("writer").start(() -> write(run, words));
    while (System.in.read() >= 0) {
      // Nothing is asked of it but to be there.
    }
    Runtime.getRuntime().halt(1);
  }

  /** An answer that was on its way when the process was stopped may come too late to be one. */
  private static void writeOnce(AttemptWriter<String> writer, int number) {
    try {
      writer.write(text(number));
    } catch (WorldException e) {
      if (e.code() != ErrorCode.UNAVAILABLE) {
        throw e;
      }
    }
  }

  private static void write(RunId run, StreamType<String> words) {
    StreamProcess process = new StreamProcess(WorldConfig.fromEnvironment());
    System.out.println(WORKER + process.worker().value());
    AttemptWriter<String> writer = process.writer(run, words, STEP, 1);
    int number = 0;
    try {
      while (true) {
        number++;
        writeOnce(writer, number);
        System.out.println(WROTE + number);
      }
    } catch (CancellationException e) {
      System.out.println(REFUSED + number + " " + e.getMessage());
    }
  }
}

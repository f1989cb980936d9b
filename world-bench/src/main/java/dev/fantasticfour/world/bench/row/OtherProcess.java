package dev.fantasticfour.world.bench.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.bench.subject.WorldSteps;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * World in a JVM of its own, told over its standard input where the servers are and what to do: so
 * no password stands among its arguments. It ends with its input.
 */
final class OtherProcess implements AutoCloseable {

  private static final long SECONDS_TO_END = 20;

  private final Process process;
  private final PrintWriter to;
  private final BufferedReader from;

  private OtherProcess(Process process) {
    this.process = process;
    this.to = new PrintWriter(process.getOutputStream(), true, UTF_8);
    this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** Starts one over the servers of that configuration, whose Redis is at that address. */
  static OtherProcess start(WorldConfig config, String redisUrl) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    OtherProcess other = new OtherProcess(process);
    other.to.println(config.connectionString());
    other.to.println(redisUrl);
    other.to.println(config.jobPrefix());
    other.answer();
    return other;
  }

  /** Has it run so many runs, and waits until it has. */
  Load.Throughput run(int inFlight, int steps, int count, long millis) {
    to.println(inFlight + " " + steps + " " + count + " " + millis);
    String[] words = answer().split(" ");
    return new Load.Throughput(Integer.parseInt(words[0]), Long.parseLong(words[1]));
  }

  private String answer() {
    try {
      String line = from.readLine();
      if (line == null) {
        throw new IllegalStateException("the other process has ended");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    to.close();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** What the other process does. */
  public static void main(String[] none) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    PrintStream out = System.out;
    System.setOut(System.err);
    WorldConfig config =
        WorldConfig.defaults()
            .withConnectionString(in.readLine())
            .withRedis(RedisOptions.ofUrl(in.readLine()))
            .withJobPrefix(in.readLine())
            .withApplication("bench")
            .withBuildId("bench");
    try (WorldSteps world = new WorldSteps(config)) {
      out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        List<String> words = List.of(line.split(" "));
        int steps = Integer.parseInt(words.get(1));
        Load.Throughput done =
            Load.callers(
                Integer.parseInt(words.get(0)),
                Integer.parseInt(words.get(2)),
                Duration.ofMillis(Long.parseLong(words.get(3))),
                () -> world.run(steps));
        out.println(done.count() + " " + done.nanos());
      }
    }
    System.exit(0);
  }
}

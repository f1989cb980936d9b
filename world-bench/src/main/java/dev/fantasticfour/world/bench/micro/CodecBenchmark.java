package dev.fantasticfour.world.bench.micro;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a value takes to become a payload and a payload to become a value. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

  /** A line of an order. */
  public record Line(String article, int count, long cents) {}

  /** An ordinary input of a workflow. */
  public record Order(String id, Instant placed, List<Line> lines) {}

  private static final ValueType<Order> TYPE = ValueType.of(Order.class);

  private final PayloadCodec codec = new JacksonPayloadCodec();
  private final Order order =
      new Order(
          "order-42",
          Samples.TIME,
          List.of(new Line("tea", 2, 990), new Line("cup", 1, 1_250), new Line("pot", 1, 4_900)));
  private final Payload payload = Objects.requireNonNull(codec.encode(order, TYPE));

  /** To a payload. */
  @Benchmark
  public @Nullable Payload encode() {
    return codec.encode(order, TYPE);
  }

  /** And back. */
  @Benchmark
  public @Nullable Order decode() {
    return codec.decode(payload, TYPE);
  }
}

package dev.fantasticfour.world.bench.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * The same figure from each repeat, in the order of the repeats.
 *
 * @param values at least one
 */
public record Series(List<Double> values) {

  public Series {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a series has at least one value");
    }
  }

  /** Of those values. */
  public static Series of(double... values) {
    List<Double> list = new ArrayList<>();
    for (double value : values) {
      list.add(value);
    }
    return new Series(list);
  }

  /** The middle value; of an even number of values the mean of the two in the middle. */
  public double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The least value. */
  public double least() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** The greatest value. */
  public double greatest() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /**
   * From the least to the greatest value as a share of the median: 0.1 means that the repeats lie
   * within ten percent. 0 when the median is 0 and so are all values; infinite when it is 0 and
   * they are not.
   */
  public double spread() {
    double range = greatest() - least();
    return range == 0 ? 0 : range / Math.abs(median());
  }

  /**
   * Value by value, how many times the other it is: the two of one repeat were taken within seconds
   * of each other, so that a machine that grows slower over time changes both.
   *
   * @throws IllegalArgumentException when the other has another number of repeats
   */
  public Series over(Series other) {
    if (values.size() != other.values.size()) {
      throw new IllegalArgumentException(
          values.size() + " repeats cannot be compared with " + other.values.size());
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      ratios.add(values.get(i) / other.values.get(i));
    }
    return new Series(ratios);
  }
}

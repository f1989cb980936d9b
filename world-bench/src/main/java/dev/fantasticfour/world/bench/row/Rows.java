package dev.fantasticfour.world.bench.row;

/** The rows there are, by letter. */
public enum Rows {
  A("start to result, one caller, 1 and 10 steps", new LatencyRow()),
  B("runs of 5 steps a second, 100 and 1 000 in flight", new DirectRow());

  private final String title;
  private final Row row;

  Rows(String title, Row row) {
    this.title = title;
    this.row = row;
  }

  /** What it measures, for people. */
  public String title() {
    return title;
  }

  /** What measures it. */
  public Row row() {
    return row;
  }
}

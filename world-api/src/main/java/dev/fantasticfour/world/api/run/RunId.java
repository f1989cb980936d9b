package dev.fantasticfour.world.api.run;

/**
 * The name of a run: {@code wrun_} and a ULID when World made it. Compared byte for byte (ID-2).
 *
 * @param value 1 to 255 characters, without NUL, slash, backslash and dot (ID-3)
 */
public record RunId(String value) implements Comparable<RunId> {

  /** What every id made by World starts with. */
  public static final String PREFIX = "wrun_";

  public RunId {
    Ids.requireSafe("run id", value);
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

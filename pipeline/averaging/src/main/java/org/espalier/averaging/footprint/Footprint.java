package org.espalier.averaging.footprint;

import java.util.ArrayList;
import java.util.List;

/**
 * The memory that a process takes for a run, part by part: what is live at the same time, without
 * what the JVM and Spark need themselves. Immutable.
 *
 * @param parts in reading order
 */
public record Footprint(List<Part> parts) {
  /** Where memory lies. */
  public enum Place {
    /** Java's heap. */
    HEAP,
    /** Direct buffers, which {@code -XX:MaxDirectMemorySize} bounds. */
    DIRECT,
    /** Arrays of ND4J, which nothing in the JVM bounds. */
    ARRAYS
  }

  /**
   * A part of the memory.
   *
   * @param name what lies there
   * @param bytes at least 0
   */
  public record Part(String name, Place place, long bytes) {}

  /** Copies the list. */
  public Footprint {
    parts = List.copyOf(parts);
  }

  /** That of a process which does the work of two. */
  public Footprint and(Footprint other) {
    List<Part> all = new ArrayList<>(parts);
    all.addAll(other.parts);
    return new Footprint(all);
  }

  /** Bytes in one place. */
  public long bytes(Place place) {
    return parts.stream().filter(part -> part.place() == place).mapToLong(Part::bytes).sum();
  }

  /** Bytes on Java's heap. */
  public long heap() {
    return bytes(Place.HEAP);
  }

  /** Bytes outside of it. */
  public long nativeBytes() {
    return bytes(Place.DIRECT) + bytes(Place.ARRAYS);
  }
}

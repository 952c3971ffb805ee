package org.espalier.averaging.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The state of a run in this process, kept from round to round: a part for each protocol that it
 * uses. Thread-safe.
 */
public final class RunState {
  private final Map<Class<?>, Part> parts = new LinkedHashMap<>();

  /** The state that one protocol keeps. Thread-safe. */
  public interface Part {
    /** Gives up what is held, because the run is over here. */
    default void end() {}
  }

  RunState() {}

  /**
   * The part of a protocol.
   *
   * @param making makes it where there is none yet
   */
  public synchronized <T extends Part> T part(Class<T> type, Supplier<T> making) {
    return type.cast(parts.computeIfAbsent(type, missing -> making.get()));
  }

  synchronized void end() {
    parts.values().forEach(Part::end);
  }
}

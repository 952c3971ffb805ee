package org.espalier.averaging.exchange;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * A failure of a process that takes part in a run, in the form in which it travels.
 *
 * @param kind decides whether another try can succeed
 * @param executor id of the executor that failed or that could not be reached; one line
 * @param sentence what happened
 */
public record Failure(Kind kind, String executor, String sentence) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int PARTS = 3;

  /** The kinds, from the one that says least of the cause to the one that says most. */
  public enum Kind {
    /**
     * A message of a run that is not known where it was sent, or a message that is none of ours.
     */
    REFUSED,
    /** Something is not where it was asked for, because another try has begun, or one has ended. */
    NOT_HERE,
    /** The others did not come in time. */
    TIMED_OUT,
    /** Data could not be read. */
    UNREADABLE,
    /** A process cannot be reached. */
    GONE,
    /** Memory of the heap, of buffers outside of it or of native libraries did not suffice. */
    OUT_OF_MEMORY,
    /** Anything else. */
    BROKEN,
    /** Processes differ that have to be equal. */
    INVARIANT,
    /** All copies of the state of some parameters are gone. */
    STATE_LOST
  }

  private static final Set<Kind> OF_LOST_SHARDS =
      EnumSet.of(Kind.REFUSED, Kind.NOT_HERE, Kind.GONE);

  private static final Set<Kind> PASSING =
      EnumSet.of(Kind.REFUSED, Kind.NOT_HERE, Kind.UNREADABLE, Kind.GONE, Kind.OUT_OF_MEMORY);

  /** The failure behind what was thrown on an executor. */
  public static Failure of(Throwable thrown, String executor) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RunFailure known) {
        return known.failure();
      }
      if (cause instanceof BrokenInvariant) {
        return new Failure(Kind.INVARIANT, executor, cause.getMessage());
      }
      if (cause instanceof OutOfMemoryError error) {
        return new Failure(Kind.OUT_OF_MEMORY, executor, MemoryShortage.sentence(executor, error));
      }
      if (cause instanceof IOException) {
        return new Failure(Kind.UNREADABLE, executor, cause.toString());
      }
    }
    return new Failure(Kind.BROKEN, executor, unwrapped(thrown).toString());
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Whether another try can succeed. */
  public boolean mayPass() {
    return PASSING.contains(kind);
  }

  /** What those who wait are told. */
  public RunFailure exception() {
    return OF_LOST_SHARDS.contains(kind) ? new LostShards(this, null) : new RunFailure(this, null);
  }

  /** This as text, the opposite of {@link #decoded}. */
  String encoded() {
    return kind.name() + '\n' + executor + '\n' + sentence;
  }

  /**
   * The failure that a text is the form of.
   *
   * @throws IllegalArgumentException if it is of none
   */
  static Failure decoded(String text) {
    String[] parts = text.split("\n", PARTS);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException("Cannot read a failure: it has no kind");
    }
    return new Failure(Kind.valueOf(parts[0]), parts[1], parts[2]);
  }

  /** This as bytes, whose number goes before them in a message. */
  public byte[] bytes() {
    return encoded().getBytes(StandardCharsets.UTF_8);
  }

  /** The failure that a message goes on with: a number of bytes and {@link #bytes}. */
  public static Failure read(ByteBuffer in) {
    byte[] text = new byte[MessageLength.read(in, 1)];
    in.get(text);
    return decoded(new String(text, StandardCharsets.UTF_8));
  }
}

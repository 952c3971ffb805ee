package org.espalier.engine.replica;

import java.io.Serializable;
import java.util.List;

/**
 * How the values of a replica's flat vector belong together.
 *
 * @param parameters number of parameters, which come first
 * @param length number of values
 * @param memories what the optimiser remembers of ranges of parameters
 * @param moments running moments among the parameters, which are not averaged but merged
 * @param masked what can be said of masked entries after a round
 */
public record VectorLayout(
    int parameters,
    int length,
    List<Memory> memories,
    List<RunningMoments> moments,
    MaskedEntries masked)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What workers that began a round with equal vectors and ran equally many steps end with. */
  public enum MaskedEntries {
    /**
     * The same masked weights, and the same memory of them: no gradient reaches them, and decay and
     * momentum depend on nothing else.
     */
    AGREE,
    /** Masked weights that examples had a part in. */
    MAY_DIFFER
  }

  /**
   * A part of the vector in which the optimiser remembers one value of each parameter of a range.
   *
   * @param parameter first parameter of the range
   * @param at where the memory begins in the vector
   * @param length number of both
   */
  public record Memory(int parameter, int at, int length) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Copies the lists. */
  public VectorLayout {
    memories = List.copyOf(memories);
    moments = List.copyOf(moments);
  }
}

package org.espalier.engine.kernel.sparse;

/**
 * Activations, or their gradients, that lie feature by feature: those of one feature for all
 * positions of a batch one after the other.
 *
 * @param values the memory, longer than the last feature by {@link SparseLanes#GROUP}
 * @param at index of the first feature's first position
 * @param stride floats from one feature to the next, a multiple of {@link SparseLanes#GROUP}
 */
public record Panel(float[] values, int at, int stride) {
  /** The panel that begins so many floats further on. */
  public Panel moved(int floats) {
    return new Panel(values, at + floats, stride);
  }
}

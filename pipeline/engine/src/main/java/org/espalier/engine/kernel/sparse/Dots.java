package org.espalier.engine.kernel.sparse;

/**
 * The gradients of kept weights, which products over the positions of a batch are added up to.
 *
 * @param sums `[entries]`, in the order of the structure
 * @param lanes scratch of one thread, {@link SparseLanes#GROUP} floats for every entry of the
 *     fullest row and once more
 */
public record Dots(float[] sums, float[] lanes) {}

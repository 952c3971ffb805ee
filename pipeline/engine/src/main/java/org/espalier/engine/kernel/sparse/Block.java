package org.espalier.engine.kernel.sparse;

/**
 * A part of a product: some rows of the structure, for some positions of the batch.
 *
 * @param firstRow first row
 * @param endRow row after the last
 * @param from first position, a multiple of {@link SparseLanes#GROUP}
 * @param to position after the last, a multiple of {@link SparseLanes#GROUP}
 */
public record Block(int firstRow, int endRow, int from, int to) {}

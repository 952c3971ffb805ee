package org.espalier.engine.replica;

import org.espalier.sparsity.MaskSet;

/**
 * A trained network as a sparse one of plain weights.
 *
 * @param vector parameters of the plain network, then the state of its updater, all zero
 * @param masks which weights stay
 */
public record PlainWeights(FlatVector vector, MaskSet masks) {}

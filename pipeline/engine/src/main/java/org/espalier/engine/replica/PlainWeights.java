package org.espalier.engine.replica;

import org.espalier.sparsity.MaskSet;

/**
 * A trained network as a sparse one of plain weights.
 *
 * @param parameters of the plain network
 * @param masks which weights stay
 */
public record PlainWeights(FlatVector parameters, MaskSet masks) {}

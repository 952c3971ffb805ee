package org.espalier.engine.sparse;

import org.espalier.engine.kernel.Values;

/**
 * The kept weights of a tensor and their gradients, in flat order, where an optimiser keeps them
 * between steps.
 *
 * @param weights `[kept]`
 * @param gradient `[kept]`
 */
public record KeptValues(Values weights, Values gradient) {}

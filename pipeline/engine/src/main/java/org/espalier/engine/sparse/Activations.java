package org.espalier.engine.sparse;

import org.espalier.engine.kernel.Values;

/**
 * The activations of a batch, or their gradients, as they lie in memory.
 *
 * @param values one for every position and feature
 * @param order of the values
 */
public record Activations(Values values, Order order) {}

package org.espalier.averaging;

import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.MaskSet;

/**
 * A run between two rounds: all replicas are equal, so this is everything.
 *
 * @param step number of steps done
 * @param vector parameters and updater state
 * @param masks those of the next round
 */
public record TrainingState(long step, FlatVector vector, MaskSet masks) {}

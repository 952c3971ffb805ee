package org.espalier.experiment;

import java.util.OptionalDouble;
import org.espalier.engine.replica.PlainWeights;

/**
 * One operating point of a trained network.
 *
 * @param threshold on log alpha, where the method has one
 * @param weights parameters and masks
 */
record EvaluationPoint(OptionalDouble threshold, PlainWeights weights) {}

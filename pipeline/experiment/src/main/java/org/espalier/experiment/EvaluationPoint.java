package org.espalier.experiment;

import java.util.OptionalDouble;
import org.espalier.averaging.TrainingState;
import org.espalier.engine.replica.Dl4jRecipe;

/**
 * A trained network as it is evaluated at one operating point.
 *
 * @param threshold on log alpha, where the method has one
 * @param name of the replicas that evaluate it
 * @param recipe builds these replicas
 * @param state their parameters and masks
 */
record EvaluationPoint(
    OptionalDouble threshold, String name, Dl4jRecipe recipe, TrainingState state) {}

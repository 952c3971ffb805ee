package org.espalier.experiment;

import java.util.List;
import java.util.OptionalDouble;
import org.espalier.tasks.Predictions;

/**
 * The predictions of a network at one operating point.
 *
 * @param threshold on log alpha, where the method has one
 * @param batches in the order of the rows
 */
record PointPredictions(OptionalDouble threshold, List<Predictions> batches) {}

package org.espalier.jobs.bench.sparse;

/**
 * The times of one turn.
 *
 * @param dense over all weights
 * @param sparse over the kept weights, activations lying feature by feature
 * @param turning over the kept weights, activations lying position by position, as the dense
 *     kernels have them
 */
record Turn(PassTimes dense, PassTimes sparse, PassTimes turning) {}

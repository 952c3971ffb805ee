package org.espalier.averaging;

import org.espalier.engine.replica.WorkerBatches;

/**
 * A logical worker on the executor that carries it.
 *
 * @param number 0 ... W - 1
 * @param batches its examples
 */
public record Worker(int number, WorkerBatches batches) {}

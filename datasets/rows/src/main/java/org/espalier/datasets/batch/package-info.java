/** Rows as batches, on the executors: shuffled for training, in stored order for evaluation. */
package org.espalier.datasets.batch;

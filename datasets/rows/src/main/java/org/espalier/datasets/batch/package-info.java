/** Batches as rows and their addresses: shuffled for training, in stored order for evaluation. */
package org.espalier.datasets.batch;

package org.espalier.datasets.stream;

/**
 * Names a stream among all that a process may have.
 *
 * @param run unique to one reading of one dataset, such as a random identifier
 * @param worker whose batches they are
 */
public record StreamKey(String run, int worker) {}

package org.espalier.tasks;

import java.io.Serializable;
import org.espalier.datasets.stream.BatchDecoder;

/**
 * A decoder of rows into the arrays of a network, which travels to the executors.
 *
 * @param <B> the arrays of one batch
 */
public interface MinibatchDecoder<B extends Minibatch> extends BatchDecoder<B>, Serializable {}

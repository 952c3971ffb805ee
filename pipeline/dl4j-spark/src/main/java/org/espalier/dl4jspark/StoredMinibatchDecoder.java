package org.espalier.dl4jspark;

import java.io.Serializable;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Turns an element of a program's RDD into a minibatch, on an executor. */
@FunctionalInterface
interface StoredMinibatchDecoder<T> extends Serializable {
  MultiDataSet decode(T element);
}

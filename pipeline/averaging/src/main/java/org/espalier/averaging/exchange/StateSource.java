package org.espalier.averaging.exchange;

import java.io.Serializable;

/**
 * A process that keeps the state of a range of parameters.
 *
 * @param start first parameter
 * @param length number of parameters
 * @param holder who keeps it
 */
record StateSource(int start, int length, ExecutorAddress holder) implements Serializable {
  private static final long serialVersionUID = 1L;
}

package org.espalier.averaging.exchange;

import java.io.Serializable;

/**
 * The processes that keep the state of a range of parameters.
 *
 * @param start first parameter
 * @param length number of parameters
 * @param owner who owned them
 * @param neighbour who keeps another copy
 */
record StateSource(int start, int length, ExecutorAddress owner, ExecutorAddress neighbour)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}

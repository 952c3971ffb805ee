package org.espalier.averaging;

import java.io.Serializable;

/**
 * What one worker says of its round.
 *
 * @param worker logical worker, from 0
 * @param executor id of the Spark executor that carried it
 * @param examples number of examples it trained on
 * @param lossSum loss summed over these examples
 * @param computeSeconds wall time of its steps
 */
public record WorkerReport(
    int worker, String executor, long examples, double lossSum, double computeSeconds)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}

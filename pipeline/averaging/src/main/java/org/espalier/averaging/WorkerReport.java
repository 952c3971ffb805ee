package org.espalier.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * What one worker says of its round.
 *
 * @param worker logical worker, from 0
 * @param executor id of the Spark executor that carried it
 * @param task the task that carried it, one after the other with its other workers
 * @param examples number of examples it trained on
 * @param lossSum loss summed over these examples
 * @param loadSeconds wall time until its replica held the round's vector and masks
 * @param computeSeconds wall time of its steps
 * @param sendSeconds wall time of handing its vector on, as far as the task waited for it
 * @param bytesUp bytes that it handed on
 */
@DefaultSerializer(JavaSerializer.class) // Kryo itself cannot read records.
public record WorkerReport(
    int worker,
    String executor,
    int task,
    long examples,
    double lossSum,
    double loadSeconds,
    double computeSeconds,
    double sendSeconds,
    long bytesUp)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The same of a worker whose task then waited until everything had landed. */
  WorkerReport waited(double seconds) {
    return new WorkerReport(
        worker,
        executor,
        task,
        examples,
        lossSum,
        loadSeconds,
        computeSeconds,
        sendSeconds + seconds,
        bytesUp);
  }
}

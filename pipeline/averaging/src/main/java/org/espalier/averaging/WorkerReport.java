package org.espalier.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import org.espalier.engine.tensor.MultiplyAdds;

/**
 * What one worker says of its round.
 *
 * @param worker logical worker, from 0
 * @param executor id of the Spark executor that carried it
 * @param task the task that carried it, one after the other with its other workers
 * @param weight examples or tokens that it trained on
 * @param lossSum loss summed over these
 * @param loadSeconds wall time until its replica held the round's vector and masks
 * @param dataSeconds wall time of waiting for batches
 * @param computeSeconds wall time of its steps but for that
 * @param sendSeconds wall time of handing its vector on, as far as the task waited for it
 * @param bytesUp bytes that it handed on
 * @param bytesDown bytes of parameters that its process fetched for it, as far as the process
 *     counts them by worker
 * @param multiplyAdds those of its steps
 */
@DefaultSerializer(JavaSerializer.class) // Kryo itself cannot read records.
public record WorkerReport(
    int worker,
    String executor,
    int task,
    long weight,
    double lossSum,
    double loadSeconds,
    double dataSeconds,
    double computeSeconds,
    double sendSeconds,
    long bytesUp,
    long bytesDown,
    MultiplyAdds multiplyAdds)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The same of a worker whose task then waited until everything had reduced. */
  WorkerReport waited(double seconds) {
    return new WorkerReport(
        worker,
        executor,
        task,
        weight,
        lossSum,
        loadSeconds,
        dataSeconds,
        computeSeconds,
        sendSeconds + seconds,
        bytesUp,
        bytesDown,
        multiplyAdds);
  }
}

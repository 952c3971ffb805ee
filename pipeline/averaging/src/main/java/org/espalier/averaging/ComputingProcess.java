package org.espalier.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import org.espalier.averaging.exchange.ExecutorAddress;

/**
 * A process that takes part in a run, and its arithmetic.
 *
 * @param name of the process in sentences
 * @param arithmetic what decides its bits
 */
@DefaultSerializer(JavaSerializer.class) // Kryo itself cannot read records.
record ComputingProcess(String name, ArithmeticFingerprint arithmetic) implements Serializable {
  private static final long serialVersionUID = 1L;

  static ComputingProcess driver() {
    return new ComputingProcess("the driver", ArithmeticFingerprint.ofProcess());
  }

  static ComputingProcess executor(ExecutorAddress address, ArithmeticFingerprint arithmetic) {
    return new ComputingProcess(
        "executor %s on %s".formatted(address.executor(), address.host()), arithmetic);
  }
}

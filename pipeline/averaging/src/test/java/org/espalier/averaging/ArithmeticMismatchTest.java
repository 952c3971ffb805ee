package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.espalier.engine.kernel.Kernels;
import org.junit.jupiter.api.Test;

class ArithmeticMismatchTest {
  private static final ArithmeticFingerprint WIDE =
      new ArithmeticFingerprint("CPU onednn-avx512", "SkylakeX", "oneDNN", "oneDNN avx512");
  private static final ArithmeticFingerprint NARROW =
      new ArithmeticFingerprint("CPU onednn-avx2", "Haswell", "oneDNN", "oneDNN avx2");

  @Test
  void theSentenceNamesBothProcessesAndBothFingerprints() {
    assertThatThrownBy(() -> ArithmeticMismatch.check(executor("3", NARROW), executor("0", WIDE)))
        .isInstanceOf(ArithmeticMismatch.class)
        .hasMessage(
            "Cannot train: executor 3 on host3 computes with natives CPU onednn-avx2, BLAS Haswell, stock layers by oneDNN, own kernels by oneDNN avx2, and executor 0 on host0 with natives CPU onednn-avx512, BLAS SkylakeX, stock layers by oneDNN, own kernels by oneDNN avx512, which gives other bits; use machines with CPUs of one type, and the same options for driver and executors.");
  }

  @Test
  void equalFingerprintsPass() {
    ArithmeticMismatch.check(executor("3", WIDE), executor("0", WIDE));
  }

  @Test
  void theDriverTellsExecutorsTheKernelsThatItIsAskedFor() {
    System.setProperty(Kernels.PROPERTY, "reference");
    try {
      assertThat(new EspalierPlugin().driverPlugin().init(null, null))
          .isEqualTo(Map.of("kernels", "reference"));
    } finally {
      System.clearProperty(Kernels.PROPERTY);
    }
  }

  private static ComputingProcess executor(String id, ArithmeticFingerprint arithmetic) {
    return ComputingProcess.executor(new ExecutorAddress(id, "host" + id, 7000, 1), arithmetic);
  }
}

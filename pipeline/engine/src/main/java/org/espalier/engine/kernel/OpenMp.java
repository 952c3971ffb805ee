package org.espalier.engine.kernel;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** How many OpenMP threads native code uses when called from this thread. */
final class OpenMp {
  private static final NativeOps NATIVE = nativeOps();

  private OpenMp() {}

  private static NativeOps nativeOps() {
    Nd4j.getExecutioner(); // Loads the backend, which the holder needs.
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }

  /** The number for the calling thread. */
  static int threads() {
    return Math.max(1, NATIVE.ompGetMaxThreads());
  }

  /** Sets the number for the calling thread. */
  static void use(int threads) {
    NATIVE.setOmpNumThreads(threads);
  }

  static void useOneThread() {
    use(1);
  }
}

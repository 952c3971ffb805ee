package org.espalier.averaging;

import java.io.Serializable;
import org.espalier.engine.arithmetic.Arithmetic;
import org.espalier.engine.kernel.Kernels;

/**
 * The parts of a process's arithmetic that decide the bits of its results. Processes with equal
 * fingerprints on CPUs of one type compute the same bits; the number of lanes, the Vector API's
 * presence and, for own layers, the number of threads have no part in them.
 *
 * @param natives ND4J's backend and the build of its native library
 * @param blas the kernels of OpenBLAS
 * @param stockLayers what computes convolutions and pooling of DL4J's stock layers
 * @param kernels what computes products and convolutions of own layers
 */
public record ArithmeticFingerprint(String natives, String blas, String stockLayers, String kernels)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The fingerprint of this process. */
  public static ArithmeticFingerprint ofProcess() {
    Arithmetic arithmetic = Arithmetic.current();
    return new ArithmeticFingerprint(
        arithmetic.backend() + " " + arithmetic.natives(),
        arithmetic.blas(),
        arithmetic.stockHelpers() ? "oneDNN" : "ND4J",
        Kernels.chosen().arithmetic());
  }

  /** One line for people. */
  @Override
  public String toString() {
    return "natives %s, BLAS %s, stock layers by %s, own kernels by %s"
        .formatted(natives, blas, stockLayers, kernels);
  }
}

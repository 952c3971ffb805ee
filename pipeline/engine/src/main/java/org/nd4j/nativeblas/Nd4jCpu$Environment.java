package org.nd4j.nativeblas;

/**
 * The name under which DL4J 1.0.0-M2.1 asks whether oneDNN may be used. The class moved in ND4J and
 * the question found nobody, so the fast implementations of convolution, pooling and batch norm
 * stayed off without a word.
 */
public final class Nd4jCpu$Environment {
  private static final Nd4jCpu$Environment INSTANCE = new Nd4jCpu$Environment();

  private Nd4jCpu$Environment() {}

  /** The one environment of this JVM. */
  public static Nd4jCpu$Environment getInstance() {
    return INSTANCE;
  }

  /** Whether DL4J may hand layers to oneDNN. */
  public boolean isUseMKLDNN() {
    return true;
  }
}

package org.espalier.engine.kernel;

import org.espalier.base.Refusal;
import org.nd4j.linalg.factory.Nd4j;

/** Where ND4J keeps its arrays: whether the kernels can read them where they are. */
public final class Backend {
  private static final String CPU = "CPU";
  private static final String NAME =
      Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend");

  private Backend() {}

  /** Whether arrays lie in the memory of the process. */
  public static boolean isCpu() {
    return CPU.equals(NAME);
  }

  /** Refuses to touch memory of another device, whose copy in the process may be an old one. */
  static void requireCpu() {
    if (!isCpu()) {
      throw new Refusal(
          "Cannot read arrays of ND4J's backend %s where they are: own kernels need nd4j-native; take the arithmetic of LayerArithmetic."
              .formatted(NAME));
    }
  }
}

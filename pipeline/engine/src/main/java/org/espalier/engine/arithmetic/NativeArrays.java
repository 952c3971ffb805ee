package org.espalier.engine.arithmetic;

import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays of ND4J in this process, as its native library counts them. JavaCPP's own account does
 * not have them. Workspaces, which hold the activations of a step, are not among them.
 */
public final class NativeArrays {
  private static final int HOST = 0;
  private static final String COUNTED = "CPU";

  private NativeArrays() {}

  /** Bytes that they take off the heap; 0 where the backend is not nd4j-native. */
  public static long bytes() {
    String backend = Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend");
    return COUNTED.equals(backend) ? Nd4jCpu.Environment.getInstance().getGroupCounter(HOST) : 0;
  }
}

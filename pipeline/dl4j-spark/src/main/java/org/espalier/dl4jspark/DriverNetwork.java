package org.espalier.dl4jspark;

import java.nio.FloatBuffer;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.espalier.engine.operations.HostVector;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The network that a dl4j-spark program holds on its driver, whichever of DL4J's two kinds. */
interface DriverNetwork {
  JavaSparkContext spark();

  Model model();

  /** The same network as a graph: what replicas are built from. A copy. */
  ComputationGraphConfiguration graph();

  /** The weights of {@link #graph} that can be sparsified. */
  SparseTensors sparsifiable();

  /** How the values of {@link #vector} belong together. */
  VectorLayout layout(MaskedGradient maskedGradient);

  /** The updater's state; null where it has none. */
  INDArray updaterState();

  /** Number of steps that led to the parameters. */
  int steps();

  void steps(int done);

  /** Number of epochs finished. */
  int epoch();

  /** Notes the mean loss of the last round where programs look for it. */
  void score(double loss);

  /** Parameters, then updater state, as they are now. */
  default FlatVector vector() {
    INDArray parameters = model().params();
    INDArray state = updaterState();
    long length = parameters.length() + (state == null ? 0 : state.length());
    return FlatVector.filled(
        Math.toIntExact(length),
        values -> {
          int count = Math.toIntExact(parameters.length());
          HostVector.of(parameters).read(0, values.slice(0, count));
          if (state != null) {
            HostVector.of(state).read(0, values.slice(count, values.capacity() - count));
          }
        });
  }

  /** Replaces parameters and updater state. */
  default void assume(FlatVector vector) {
    FloatBuffer values = vector.values();
    HostVector parameters = HostVector.of(model().params());
    parameters.fill(target -> target.put(0, values, 0, parameters.length()));
    if (updaterState() != null) {
      HostVector state = HostVector.of(updaterState());
      state.fill(target -> target.put(0, values, parameters.length(), state.length()));
    }
  }
}

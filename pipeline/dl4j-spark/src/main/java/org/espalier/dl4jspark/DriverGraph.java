package org.espalier.dl4jspark;

import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.espalier.engine.replica.Dl4jLayout;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A ComputationGraph on the driver. */
record DriverGraph(SparkComputationGraph owner) implements DriverNetwork {
  @Override
  public JavaSparkContext spark() {
    return owner.getSparkContext();
  }

  @Override
  public Model model() {
    return owner.getNetwork();
  }

  @Override
  public ComputationGraphConfiguration graph() {
    // Not DL4J's clone, which forgets the order that parameters lie in.
    return ComputationGraphConfiguration.fromJson(owner.getNetwork().getConfiguration().toJson());
  }

  @Override
  public SparseTensors sparsifiable() {
    return NetworkTensors.of(owner.getNetwork()).sparsifiable();
  }

  @Override
  public VectorLayout layout(MaskedGradient maskedGradient) {
    return Dl4jLayout.of(owner.getNetwork(), maskedGradient);
  }

  @Override
  public INDArray updaterState() {
    return owner.getNetwork().getUpdater().getStateViewArray();
  }

  @Override
  public int steps() {
    return owner.getNetwork().getIterationCount();
  }

  @Override
  public void steps(int done) {
    owner.getNetwork().getConfiguration().setIterationCount(done);
  }

  @Override
  public int epoch() {
    return owner.getNetwork().getEpochCount();
  }

  @Override
  public void score(double loss) {
    owner.setScore(loss);
    owner.getNetwork().setScore(loss);
  }
}

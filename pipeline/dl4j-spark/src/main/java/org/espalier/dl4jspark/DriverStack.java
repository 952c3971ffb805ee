package org.espalier.dl4jspark;

import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.espalier.engine.replica.Dl4jLayout;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A MultiLayerNetwork on the driver, trained as the {@link StackAsGraph graph} that it is. */
record DriverStack(SparkDl4jMultiLayer owner) implements DriverNetwork {
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
    return StackAsGraph.of(owner.getNetwork().getLayerWiseConfigurations());
  }

  @Override
  public SparseTensors sparsifiable() {
    ComputationGraph graph = new ComputationGraph(graph());
    try {
      graph.init();
      return NetworkTensors.of(graph).sparsifiable();
    } finally {
      graph.close();
    }
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
    owner.getNetwork().setIterationCount(done);
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

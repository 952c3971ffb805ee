package org.espalier.tasks.classification;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.espalier.engine.optimiser.Optimiser;

/** What the verification networks of the paper's appendix B share. */
final class LeNets {
  private static final double INITIAL_DEVIATION = 0.01;

  private LeNets() {}

  /** A graph of one input, images, whose weights begin as N(0, 0.01). */
  static GraphBuilder graph(Optimiser optimiser, long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .weightInit(new NormalDistribution(0, INITIAL_DEVIATION))
        .updater(optimiser.updater())
        .l2(optimiser.weightDecay())
        .graphBuilder()
        .addInputs("images");
  }
}

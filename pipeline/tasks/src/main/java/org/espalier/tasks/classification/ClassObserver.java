package org.espalier.tasks.classification;

import org.espalier.engine.replica.Observer;
import org.espalier.tasks.Predictions;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Reads predictions from probabilities `[batch, classes]`, as {@link ClassJudge} does. */
record ClassObserver() implements Observer<Predictions> {
  private static final long serialVersionUID = 1L;

  @Override
  public Predictions observe(INDArray probabilities, MultiDataSet batch) {
    float[][] rows = probabilities.toFloatMatrix();
    int[] truths = batch.getLabels(0).toIntVector();
    int[] predicted = new int[rows.length];
    double[] losses = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      predicted[i] = Probabilities.highest(rows[i]);
      losses[i] = Probabilities.loss(rows[i], truths[i]);
    }
    return new Predictions(truths, predicted, losses);
  }
}

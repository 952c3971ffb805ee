package org.espalier.engine.replica;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Sequences of different lengths, told apart by DL4J's mask arrays `[batch, time]`. */
class SequenceMasksTest {
  @Test
  void aReplicaTrainsOnWhatTheMaskArraysLeave() {
    ComputationGraph alone = network();
    DataSet batch = batch();
    alone.fit(batch);
    ComputationGraph inReplica = network();
    try (Replica replica = Dl4jReplica.of(inReplica, SparseTensors.of(), MaskedGradient.NONE)) {
      replica.run(step -> batch().toMultiDataSet(), 0, 1);
      assertThat(inReplica.params()).isEqualTo(alone.params());
    }
  }

  private static DataSet batch() {
    INDArray features = Nd4j.linspace(-1, 1, 2 * 3 * 4).reshape(2, 3, 4).castTo(DataType.FLOAT);
    INDArray labels = Nd4j.create(2, 2, 4);
    INDArray lengths = Nd4j.ones(2, 4);
    for (int time = 0; time < 4; time++) {
      labels.putScalar(new int[] {0, time % 2, time}, 1);
      labels.putScalar(new int[] {1, 1 - time % 2, time}, 1);
    }
    lengths.putScalar(1, 3, 0).putScalar(1, 2, 0);
    return new DataSet(features, labels, lengths, lengths.dup());
  }

  private static ComputationGraph network() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .graphBuilder()
                .addInputs("sequence")
                .addLayer("lstm", new LSTM.Builder().nIn(3).nOut(5).build(), "sequence")
                .addLayer(
                    "classes",
                    new RnnOutputLayer.Builder()
                        .nIn(5)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "lstm")
                .setOutputs("classes")
                .setInputTypes(InputType.recurrent(3))
                .build());
    graph.init();
    return graph;
  }
}

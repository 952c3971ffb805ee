package org.espalier.dl4jspark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.replica.Dl4jLayout;
import org.espalier.engine.replica.Dl4jRecipe;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.SmallNetwork;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** Networks of DL4J's own layers and updaters under masks. */
class StockMasksTest {
  private static final double RATE = 0.1;
  private static final double DECAY = 1e-3; // That of StockNetworks.
  private static final int STEPS = 4;

  @Test
  void withoutGradientMaskedWeightsMoveByDecayAlone() {
    Trained trained = trained(new Sgd(RATE), MaskedGradient.NONE, 0);
    double shrunk = Math.pow(1 - RATE * DECAY, STEPS);
    for (int i : trained.masked()) {
      assertThat((double) trained.after()[i]).isCloseTo(trained.before()[i] * shrunk, within(1e-6));
    }
    assertThat(trained.kept())
        .anyMatch(i -> differs(trained.before()[i] * shrunk, trained.after()[i]));
  }

  @Test
  void theDenseGradientMovesMaskedWeights() {
    Trained trained = trained(new Sgd(RATE), MaskedGradient.DENSE, 0);
    double shrunk = Math.pow(1 - RATE * DECAY, STEPS);
    assertThat(trained.masked())
        .anyMatch(i -> differs(trained.before()[i] * shrunk, trained.after()[i]));
  }

  @Test
  void whatDoesNotTravelIsTheSameWhateverExamplesWereSeen() {
    for (IUpdater updater : List.of(new Sgd(RATE), new Nesterovs(RATE, 0.9), new Adam(0.01))) {
      Trained one = trained(updater, MaskedGradient.NONE, 0);
      Trained other = trained(updater, MaskedGradient.NONE, 1000);
      assertThat(one.held()).as("%s", updater).hasSizeGreaterThanOrEqualTo(one.masked().size());
      assertThat(one.held()).as("%s", updater).allMatch(i -> one.after()[i] == other.after()[i]);
      assertThat(one.kept()).as("%s", updater).anyMatch(i -> one.after()[i] != other.after()[i]);
    }
  }

  private static boolean differs(double expected, float found) {
    return Math.abs(expected - found) > 1e-4;
  }

  /**
   * A replica's vector before and after some steps.
   *
   * @param masked the masked weights
   * @param kept the weights that are not masked
   * @param held these and what the updater remembers of them: what averaging leaves out
   */
  private record Trained(
      float[] before,
      float[] after,
      List<Integer> masked,
      List<Integer> kept,
      List<Integer> held) {}

  private static Trained trained(IUpdater updater, MaskedGradient gradient, long firstExample) {
    ComputationGraph graph = new ComputationGraph(StockNetworks.convolutional(updater));
    graph.init();
    SparseTensors tensors = NetworkTensors.of(graph).sparsifiable();
    VectorLayout layout = Dl4jLayout.of(graph, gradient);
    String json = graph.getConfiguration().toJson();
    MaskSet masks = everyThirdKept(tensors);
    try (Replica replica = new Dl4jRecipe(json, tensors, gradient).build()) {
      float[] before = replica.vector().head(replica.length());
      replica.hold(masks);
      replica.run(step -> SmallNetwork.examples(firstExample + step * 8, 8), 0, STEPS);
      float[] after = replica.vector().head(replica.length());
      List<Integer> masked = weights(tensors, masks, false);
      return new Trained(
          before, after, masked, weights(tensors, masks, true), held(masked, layout));
    }
  }

  private static List<Integer> held(List<Integer> masked, VectorLayout layout) {
    List<Integer> held = new ArrayList<>(masked);
    for (VectorLayout.Memory memory : layout.memories()) {
      for (int i : masked) {
        if (i >= memory.parameter() && i < memory.parameter() + memory.length()) {
          held.add(memory.at() + i - memory.parameter());
        }
      }
    }
    return held;
  }

  private static List<Integer> weights(SparseTensors tensors, MaskSet masks, boolean kept) {
    List<Integer> indices = new ArrayList<>();
    for (SparseTensor tensor : tensors) {
      for (int i = 0; i < tensor.length(); i++) {
        if (masks.mask(tensor.name()).isKept(i) == kept) {
          indices.add(tensor.offset() + i);
        }
      }
    }
    return indices;
  }

  private static MaskSet everyThirdKept(SparseTensors tensors) {
    Map<String, Mask> masks = new TreeMap<>();
    for (SparseTensor tensor : tensors) {
      masks.put(tensor.name(), Mask.where(tensor.length(), i -> i % 3 == 0));
    }
    return MaskSet.of(masks);
  }
}

package org.espalier.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.optimiser.ShardOptimiser;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.Dl4jLayout;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.espalier.tasks.NetworkModels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However the parameters are cut into shards, and whenever they are read, the optimiser's steps
 * give the same bits, where few weights are kept as where many are.
 */
class ShardOptimiserTest {
  private static final int STEPS = 3;

  private static Stream<Arguments> rules() {
    return Stream.of(new UpdateRule.Sgd(), new UpdateRule.Nesterov(0.9), UpdateRule.Adam.standard())
        .flatMap(rule -> Stream.of(1, 2, 10).map(every -> Arguments.of(rule, every)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void cutsShowInNoBit(UpdateRule rule, int every) {
    ComputationGraph graph = graph(rule);
    UpdatePlan plan = UpdatePlan.of(graph);
    int parameters = plan.parameters();
    int length = Dl4jLayout.of(graph, MaskedGradient.NONE).length();
    SparseTensors tensors = NetworkTensors.of(graph).sparsifiable();
    MaskSet masks = keeping(every, tensors);
    float[] whole = trained(plan, tensors, masks, length, List.of(0, parameters));
    float[] cut =
        trained(plan, tensors, masks, length, List.of(0, 1, 4733, 4800, 31_077, parameters));
    assertThat(cut).isEqualTo(whole);
    assertThat(whole).isNotEqualTo(start(length));
  }

  private static float[] trained(
      UpdatePlan plan, SparseTensors tensors, MaskSet masks, int length, List<Integer> cuts) {
    float[] vector = start(length);
    List<ShardOptimiser> shards = new ArrayList<>();
    for (int i = 1; i < cuts.size(); i++) {
      ShardOptimiser shard =
          new ShardOptimiser(plan, cuts.get(i - 1), cuts.get(i) - cuts.get(i - 1));
      shard.load(FloatBuffer.wrap(vector));
      shard.mask(tensors, masks);
      shards.add(shard);
    }
    for (int step = 0; step < STEPS; step++) {
      FloatBuffer gradient =
          FloatBuffer.wrap(kept(noise(10 + step, plan.parameters()), tensors, masks));
      for (ShardOptimiser shard : shards) {
        shard.step(gradient, step);
        gradient.position(gradient.position() + shard.kept());
        if (shards.size() > 1) {
          shard.read(FloatBuffer.allocate(length));
        }
      }
    }
    float[] end = new float[length];
    for (ShardOptimiser shard : shards) {
      int size = shard.ranges().stream().mapToInt(ShardOptimiser.Range::length).sum();
      FloatBuffer state = FloatBuffer.allocate(size);
      shard.read(state);
      state.flip();
      for (ShardOptimiser.Range range : shard.ranges()) {
        state.get(end, range.start(), range.length());
      }
      shard.close();
    }
    return end;
  }

  private static float[] kept(float[] values, SparseTensors tensors, MaskSet masks) {
    float[] kept = new float[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      int index = i;
      boolean masked = false;
      for (SparseTensor tensor : tensors) {
        masked |=
            index >= tensor.offset()
                && index < tensor.end()
                && !masks.mask(tensor.name()).isKept(index - tensor.offset());
      }
      if (!masked) {
        kept[count++] = values[i];
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /** Every so many weights of every tensor one. */
  private static MaskSet keeping(int every, SparseTensors tensors) {
    Map<String, Mask> masks = new HashMap<>();
    tensors.forEach(
        tensor -> masks.put(tensor.name(), Mask.where(tensor.length(), i -> i % every == 0)));
    return MaskSet.of(masks);
  }

  private static float[] start(int length) {
    return noise(1, length);
  }

  private static float[] noise(long key, int length) {
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = (float) Mix64.unit(key, i);
    }
    return noise;
  }

  private static ComputationGraph graph(UpdateRule rule) {
    Optimiser optimiser = new Optimiser(rule, new ConstantRate(0.01), 1e-3);
    ComputationGraph graph =
        new ComputationGraph(
            NetworkModels.named("lenet-300-100")
                .graph(
                    new PixelImages(new ImageShape(1, 4, 4), 3), optimiser, WeightForm.PLAIN, 7));
    graph.init();
    return graph;
  }
}

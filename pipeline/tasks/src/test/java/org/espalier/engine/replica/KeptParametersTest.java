package org.espalier.engine.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.espalier.base.Mix64;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.sparse.MaskedProducts;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.Replica.Differentiated;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kept parameters go into replicas, and their gradients come out, wherever they lie between. */
class KeptParametersTest {
  private static final Optimiser OPTIMISER =
      SmallNetwork.optimiser(SmallNetwork.NESTEROV, 0.02, 1e-3);
  private static final SparseTensors TENSORS = SmallNetwork.tensors(OPTIMISER);

  @ParameterizedTest
  @CsvSource({"DENSE, 0.5", "DENSE, 0.9", "SPARSE, 0.5", "SPARSE, 0.9", "SPARSE, 1", "AUTO, 0"})
  void gradientsAreThoseOfTheWholeVector(MaskedProducts products, double sparsity) {
    MaskSet masks = masks(sparsity);
    try (Replica whole = replica(MaskedProducts.DENSE);
        Replica kept = replica(products)) {
      whole.hold(masks);
      kept.hold(masks);
      float[] parameters = {};
      for (int step = 0; step < 4; step++) {
        parameters = noise(step, whole.parameters());
        whole.write(0, FloatBuffer.wrap(parameters));
        whole.differentiate(KeptParametersTest::batch, step, Differentiated.ALL);
        float[] gradient = new float[parameters.length];
        whole.readGradient(0, gradient, gradient.length);
        kept.writeKept(FloatBuffer.wrap(kept(parameters, masks)));
        Differentiated wanted = step == 2 ? Differentiated.ALL : Differentiated.KEPT;
        kept.differentiate(KeptParametersTest::batch, step, wanted);
        requireClose(readInPieces(kept, kept(gradient, masks).length), kept(gradient, masks));
        if (wanted == Differentiated.ALL) {
          float[] all = new float[parameters.length];
          kept.readGradient(0, all, all.length);
          requireClose(all, gradient);
        }
      }
      float[] read = kept.vector().head(kept.parameters());
      assertThat(kept(read, masks)).isEqualTo(kept(parameters, masks));
    }
  }

  private static float[] readInPieces(Replica replica, int count) {
    float[] values = new float[count];
    for (int from = 0; from < count; from += 101) {
      int size = Math.min(101, count - from);
      float[] piece = new float[size + 3];
      replica.readKeptGradient(from, piece, size);
      System.arraycopy(piece, 0, values, from, size);
    }
    return values;
  }

  private static void requireClose(float[] values, float[] expected) {
    assertThat(values).hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i])
          .as("value %d", i)
          .isCloseTo(expected[i], within(1e-6f + 1e-5f * Math.abs(expected[i])));
    }
  }

  private static float[] kept(float[] values, MaskSet masks) {
    FloatBuffer kept = FloatBuffer.allocate(values.length);
    for (int i = 0; i < values.length; i++) {
      if (isKept(i, masks)) {
        kept.put(values[i]);
      }
    }
    float[] array = new float[kept.position()];
    kept.flip().get(array);
    return array;
  }

  private static boolean isKept(int parameter, MaskSet masks) {
    for (SparseTensor tensor : TENSORS) {
      if (parameter >= tensor.offset() && parameter < tensor.end()) {
        return masks.mask(tensor.name()).isKept(parameter - tensor.offset());
      }
    }
    return true;
  }

  private static Replica replica(MaskedProducts products) {
    var graph = SmallNetwork.graph(OPTIMISER);
    Replica replica =
        new Dl4jRecipe(
                graph.getConfiguration().toJson(),
                TENSORS,
                MaskedGradient.NONE,
                Slices.DEFAULT,
                products)
            .ofGradients(UpdatePlan.elsewhere(graph))
            .build();
    replica.drawAs(1, 0);
    return replica;
  }

  private static MaskSet masks(double sparsity) {
    Map<String, Mask> masks = new HashMap<>();
    for (SparseTensor tensor : TENSORS) {
      long key = Mix64.key(3, Mix64.of(tensor.name()), 0);
      masks.put(tensor.name(), Mask.where(tensor.length(), i -> Mix64.unit(key, i) >= sparsity));
    }
    return MaskSet.of(masks);
  }

  private static float[] noise(long key, int length) {
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = (float) (Mix64.unit(100 + key, i) - 0.5) / 4;
    }
    return noise;
  }

  private static org.nd4j.linalg.dataset.api.MultiDataSet batch(long step) {
    return SmallNetwork.examples(step * 20, 20);
  }
}

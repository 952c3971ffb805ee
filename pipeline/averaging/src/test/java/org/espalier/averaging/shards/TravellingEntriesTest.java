package org.espalier.averaging.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.engine.replica.VectorLayout.MaskedEntries;
import org.espalier.engine.replica.VectorLayout.Memory;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.espalier.sparsity.WeightLayout;
import org.junit.jupiter.api.Test;

class TravellingEntriesTest {
  private static final int PARAMETERS = 1000;
  private static final SparseTensor FIRST =
      new SparseTensor("a/W", WeightLayout.OUT_IN, 37, new int[] {13, 21});
  private static final SparseTensor SECOND =
      new SparseTensor("b/W", WeightLayout.OUT_IN, 500, new int[] {10, 13});
  private static final SparseTensors TENSORS = SparseTensors.of(List.of(FIRST, SECOND));
  private static final MaskSet MASKS =
      MaskSet.of(
          Map.of(
              "a/W", Mask.where(FIRST.length(), i -> i % 3 == 0),
              "b/W", Mask.where(SECOND.length(), i -> i % 7 < 2)));

  @Test
  void maskedWeightsAndWhatIsRememberedOfThemStay() {
    // One block of 600 parameters with two memories, one of 400 with one: as updaters lay them out.
    VectorLayout layout =
        layout(
            MaskedEntries.AGREE,
            new Memory(0, 1000, 600),
            new Memory(0, 1600, 600),
            new Memory(600, 2200, 400));
    TravellingEntries entries = TravellingEntries.under(layout, TENSORS, MASKS);
    for (int i = 0; i < layout.length(); i++) {
      int parameter = i < 1000 ? i : i < 1600 ? i - 1000 : i < 2200 ? i - 1600 : i - 1600;
      assertThat(entries.word(i) & 1).as("entry %d", i).isEqualTo(kept(parameter) ? 1 : 0);
    }
  }

  @Test
  void everythingTravelsWhereMaskedEntriesMayDiffer() {
    VectorLayout layout = layout(MaskedEntries.MAY_DIFFER, new Memory(0, 1000, 1600));
    TravellingEntries entries = TravellingEntries.under(layout, TENSORS, MASKS);
    ShardBits bits = new ShardBits(entries.shard(0, layout.length()), layout.length());
    assertThat(bits.all()).isTrue();
  }

  @Test
  void gatheredAndScatteredAShardIsItself() {
    VectorLayout layout = layout(MaskedEntries.AGREE);
    TravellingEntries entries = TravellingEntries.under(layout, TENSORS, MASKS);
    int start = 111;
    int size = 555;
    ShardBits bits = new ShardBits(entries.shard(start, size), size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i + 1;
    }
    FloatBuffer travelling = FloatBuffer.allocate(bits.set());
    FloatBuffer others = FloatBuffer.allocate(size - bits.set());
    bits.gather(values, travelling);
    bits.gatherOthers(values, others);
    float[] back = new float[size];
    bits.scatter(travelling.flip(), FloatBuffer.wrap(back));
    bits.scatterOthers(others.flip(), FloatBuffer.wrap(back));
    assertThat(back).containsExactly(values);
    int rank = 0;
    for (int i = 0; i < size; i++) {
      assertThat(bits.rank(i)).as("rank %d", i).isEqualTo(rank);
      rank += kept(start + i) ? 1 : 0;
    }
    assertThat(bits.set()).isEqualTo(rank);
    assertThat(bits.sameOthers(values, FloatBuffer.wrap(back))).isTrue();
    back[indexOfMasked(start)] = Float.NaN;
    assertThat(bits.sameOthers(values, FloatBuffer.wrap(back))).isFalse();
  }

  private static int indexOfMasked(int start) {
    int i = 0;
    while (kept(start + i)) {
      i++;
    }
    return i;
  }

  private static boolean kept(int parameter) {
    for (SparseTensor tensor : List.of(FIRST, SECOND)) {
      if (parameter >= tensor.offset() && parameter < tensor.end()) {
        return MASKS.mask(tensor.name()).isKept(parameter - tensor.offset());
      }
    }
    return true;
  }

  private static VectorLayout layout(MaskedEntries masked, Memory... memories) {
    return new VectorLayout(PARAMETERS, 2600, List.of(memories), List.of(), masked);
  }
}

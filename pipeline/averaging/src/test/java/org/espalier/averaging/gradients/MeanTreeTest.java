package org.espalier.averaging.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.espalier.averaging.exchange.Buffers;
import org.espalier.averaging.shards.ShardBits;
import org.espalier.engine.kernel.Pieces;
import org.espalier.engine.replica.RunningMoments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeanTreeTest {
  private static final int SIZE = 5000;

  @Test
  void theMeanIsWeightedByExamples() {
    assertThat(mean(new long[] {1, 3}, new float[] {1, 10}, new float[] {5, 20}))
        .containsExactly(4f, 17.5f);
    assertThat(mean(new long[] {2, 2, 4}, new float[] {1}, new float[] {3}, new float[] {7}))
        .containsExactly(4.5f);
  }

  @Test
  void aWorkerWithoutExamplesCountsForNothing() {
    float[] none = {};
    assertThat(mean(new long[] {0, 3}, none, new float[] {5})).containsExactly(5f);
    assertThat(mean(new long[] {3, 0}, new float[] {5}, none)).containsExactly(5f);
    assertThat(mean(new long[] {0, 0, 2, 0}, none, none, new float[] {5}, none))
        .containsExactly(5f);
    MeanTree tree = tree(2, ShardBits.all(1));
    tree.add(WorkerRange.of(0), 0, pieces(none));
    assertThat(tree.add(WorkerRange.of(1), 0, pieces(none)).orElseThrow().weight()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8, 13, 32})
  void neitherTheOrderOfArrivalNorWhereMeansAreComputedShowsInABit(int workers) {
    Random random = new Random(workers);
    float[][] gradients = gradients(workers, random);
    long[] weights = random.longs(workers, 1, 50).toArray();
    float[] first = null;
    for (int trial = 0; trial < 6; trial++) {
      float[] mean = overProcesses(gradients, weights, 1 + trial % 4, random);
      first = first == null ? mean : first;
      assertThat(mean).containsExactly(first);
    }
    double[] plain = plainMean(gradients, weights);
    for (int i = 0; i < SIZE; i++) {
      assertThat((double) first[i]).isCloseTo(plain[i], within(1e-6));
    }
  }

  @Test
  void momentsAreMergedAlongTheTree() {
    RunningMoments moments = new RunningMoments(1, 2, 1, RunningMoments.Form.VARIANCE);
    MeanTree tree = new MeanTree(3, range -> true, List.of(moments), new Buffers());
    tree.begin(ShardBits.all(3), 3);
    tree.add(WorkerRange.of(2), 4, pieces(1, 6, 3));
    tree.add(WorkerRange.of(0), 1, pieces(1, 1, 2));
    PartialMean all = tree.add(WorkerRange.of(1), 3, pieces(1, 3, 1)).orElseThrow();
    double mean = (1 * 1 + 3 * 3 + 4 * 6) / 8.0;
    double squares = (1 * (2 + 1) + 3 * (1 + 9) + 4 * (3 + 36)) / 8.0;
    assertThat((double) all.values(3).get(1)).isCloseTo(mean, within(1e-6));
    assertThat((double) all.values(3).get(2)).isCloseTo(squares - mean * mean, within(1e-5));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    MeanTree tree = tree(4, ShardBits.all(2));
    tree.add(WorkerRange.of(1), 1, pieces(1, 2));
    assertThatThrownBy(() -> tree.add(WorkerRange.of(1), 1, pieces(1, 2)))
        .hasMessage("Cannot average: workers 1 to 1 handed in their gradient twice");
    assertThatThrownBy(() -> tree.add(WorkerRange.of(2), 1, pieces(1)))
        .hasMessage("Cannot average: workers 2 to 2 of 4 handed in 1 values where 2 are due");
    assertThatThrownBy(() -> tree.add(WorkerRange.of(4), 1, pieces(1, 2)))
        .isInstanceOf(IllegalStateException.class);
  }

  /** The mean where workers are dealt over processes at random, each of which merges its own. */
  private static float[] overProcesses(
      float[][] gradients, long[] weights, int processes, Random random) {
    int workers = gradients.length;
    int[] process = random.ints(workers, 0, processes).toArray();
    MeanTree owner = tree(workers, ShardBits.all(SIZE));
    List<MeanTree> trees = new ArrayList<>();
    for (int p = 0; p < processes; p++) {
      int own = p;
      MeanTree tree =
          new MeanTree(workers, range -> all(process, range, own), List.of(), new Buffers());
      tree.begin(ShardBits.all(SIZE), SIZE);
      trees.add(tree);
    }
    List<Integer> arrival = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      arrival.add(worker);
    }
    Collections.shuffle(arrival, random);
    Optional<PartialMean> root = Optional.empty();
    for (int worker : arrival) {
      Optional<PartialMean> leaving =
          trees
              .get(process[worker])
              .add(WorkerRange.of(worker), weights[worker], pieces(gradients[worker]));
      if (leaving.isPresent()) {
        PartialMean mean = leaving.get();
        root = owner.add(mean.workers(), mean.weight(), Pieces.of(mean.values(SIZE)));
      }
    }
    float[] values = new float[SIZE];
    root.orElseThrow().values(SIZE).get(values);
    return values;
  }

  private static boolean all(int[] process, WorkerRange range, int own) {
    for (int worker = range.from(); worker < range.end(); worker++) {
      if (process[worker] != own) {
        return false;
      }
    }
    return true;
  }

  private static float[] mean(long[] weights, float[]... values) {
    int size = 0;
    for (float[] each : values) {
      size = Math.max(size, each.length);
    }
    MeanTree tree = tree(values.length, ShardBits.all(size));
    Optional<PartialMean> mean = Optional.empty();
    for (int worker = 0; worker < values.length; worker++) {
      mean = tree.add(WorkerRange.of(worker), weights[worker], pieces(values[worker]));
    }
    float[] result = new float[size];
    mean.orElseThrow().values(size).get(result);
    return result;
  }

  private static MeanTree tree(int workers, ShardBits bits) {
    MeanTree tree = new MeanTree(workers, range -> true, List.of(), new Buffers());
    tree.begin(bits, bits.set());
    return tree;
  }

  private static float[][] gradients(int workers, Random random) {
    float[][] gradients = new float[workers][SIZE];
    for (float[] each : gradients) {
      for (int i = 0; i < SIZE; i++) {
        each[i] = (float) random.nextGaussian();
      }
    }
    return gradients;
  }

  private static double[] plainMean(float[][] gradients, long[] weights) {
    double[] mean = new double[SIZE];
    double total = 0;
    for (int worker = 0; worker < weights.length; worker++) {
      total += weights[worker];
      for (int i = 0; i < SIZE; i++) {
        mean[i] += (double) gradients[worker][i] * weights[worker];
      }
    }
    for (int i = 0; i < SIZE; i++) {
      mean[i] /= total;
    }
    return mean;
  }

  private static Pieces pieces(float... values) {
    return Pieces.of(FloatBuffer.wrap(values));
  }
}

package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.espalier.averaging.evaluation.ClusterEvaluation.BatchOpener;
import org.espalier.engine.replica.WorkerBatches;
import org.junit.jupiter.api.Test;

class AugmentedBatchesTest extends OnSmallRuns {
  private static final String CROPS = "input{crop=4,border=reflect,flip=horizontal}";
  private static final int EPOCH = 10;

  @Test
  void aCropIsAFunctionOfTheRowAndNotOfWhoReadsIt() {
    SortedSet<Integer> byTwo = epoch(CROPS, 0);
    assertThat(epoch(CROPS + "\nworkers=1", 0)).isEqualTo(byTwo).hasSizeGreaterThan(190);
    assertThat(epoch(CROPS + "\nshuffleWindow=7", 0)).isEqualTo(byTwo);
  }

  @Test
  void everyEpochAndEverySeedHasCropsOfItsOwn() {
    SortedSet<Integer> first = epoch(CROPS, 0);
    assertThat(epoch(CROPS, 1)).isNotEqualTo(first);
    assertThat(epoch(CROPS + "\nseed=2", 0)).isNotEqualTo(first);
    assertThat(epoch("", 0)).isNotEqualTo(first).isEqualTo(epoch("", 1));
  }

  @Test
  void evaluationSeesWholeImages() {
    assertThat(tested(CROPS)).isEqualTo(tested(""));
  }

  /** A hash of every training image as it is seen in an epoch. */
  private static SortedSet<Integer> epoch(String input, int epoch) {
    try (PreparedRows rows = rows(input)) {
      List<List<Integer>> workers =
          rows.training()
              .shared(List.of("here", "here"))
              .map(worker -> hashes(worker.batches(), epoch * EPOCH, EPOCH))
              .collect();
      TreeSet<Integer> all = new TreeSet<>();
      workers.forEach(all::addAll);
      return all;
    }
  }

  private static List<Integer> tested(String input) {
    try (PreparedRows rows = rows(input)) {
      BatchOpener test = rows.test();
      return runs.spark().parallelize(List.of(0), 1).map(none -> hashes(test.open(), 0, 1)).first();
    }
  }

  private static PreparedRows rows(String input) {
    return new PreparedRows(runs.spark(), runs.experiment(input));
  }

  private static List<Integer> hashes(WorkerBatches batches, int first, int steps) {
    List<Integer> hashes = new ArrayList<>();
    try (batches) {
      for (int step = first; step < first + steps; step++) {
        for (float[] image : batches.at(step).getFeatures(0).toFloatMatrix()) {
          hashes.add(Arrays.hashCode(image));
        }
      }
    }
    return hashes;
  }
}

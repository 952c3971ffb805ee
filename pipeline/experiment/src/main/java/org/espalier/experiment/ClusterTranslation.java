package org.espalier.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.evaluation.ClusterWork;
import org.espalier.averaging.evaluation.ClusterWork.PieceWork;
import org.espalier.engine.decoding.NextTokens;
import org.espalier.engine.decoding.TokenScorer;
import org.espalier.tasks.translation.search.Beam;
import org.espalier.tasks.translation.search.BeamSearch;
import org.espalier.tasks.translation.search.Hypothesis;
import org.espalier.tasks.translation.search.LengthBatches;

/**
 * Translation of sentences on the cluster: a Spark job whose tasks each translate sentences of
 * about equal length. The batches are the same on every cluster, and so are the translations.
 *
 * @param network which translates
 * @param scorer of its next tokens
 * @param beam of the search
 */
record ClusterTranslation(EvaluatedNetwork network, TokenScorer scorer, Beam beam) {
  /**
   * The translations of sentences at each of the network's points, in the order of the sentences.
   *
   * @param sources subwords of each sentence, its end included
   */
  List<List<int[]>> of(JavaSparkContext spark, List<int[]> sources) {
    List<int[]> places = new LengthBatches(sources).places();
    List<int[][]> pieces =
        places.stream()
            .map(batch -> Arrays.stream(batch).mapToObj(sources::get).toArray(int[][]::new))
            .toList();
    return new ClusterWork(spark, network.name(), network.recipe())
        .done(network.weights(), pieces, work(scorer, beam)).stream()
            .map(translated -> inOrder(places, translated, sources.size()))
            .toList();
  }

  private static PieceWork<int[][], int[][]> work(TokenScorer scorer, Beam beam) {
    return (replica, sources) -> {
      try (NextTokens next = replica.nextTokens(scorer)) {
        return new BeamSearch(beam)
            .translate(next, List.of(sources)).stream()
                .map(Hypothesis::tokens)
                .toArray(int[][]::new);
      }
    };
  }

  private static List<int[]> inOrder(List<int[]> places, List<int[][]> translated, int sentences) {
    int[][] all = new int[sentences][];
    for (int batch = 0; batch < places.size(); batch++) {
      int[] ofBatch = places.get(batch);
      int number = batch;
      IntStream.range(0, ofBatch.length).forEach(i -> all[ofBatch[i]] = translated.get(number)[i]);
    }
    return List.of(all);
  }
}

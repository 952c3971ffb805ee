package org.espalier.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.DatasetLayout;
import org.espalier.datasets.DatasetManifest;
import org.espalier.datasets.SentencePairs;
import org.espalier.engine.decoding.TokenScorer;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.replica.Dl4jRecipe;
import org.espalier.engine.replica.PlainWeights;
import org.espalier.results.FinishedFolder;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.NetworkModels;
import org.espalier.tasks.translation.Translation;
import org.espalier.tasks.translation.search.Beam;
import org.espalier.text.subwords.SubwordDecoder;
import org.espalier.text.subwords.SubwordEncoder;
import org.espalier.text.subwords.Vocabulary;

/**
 * The network of a finished run with its vocabulary, which translates text. It needs the run's
 * folder alone, not the data. The same lines give the same translations on every cluster.
 */
public final class TrainedTranslator {
  private final TokenScorer scorer;
  private final EvaluatedNetwork network;
  private final SentencePairs rows;
  private final Vocabulary vocabulary;

  private TrainedTranslator(
      TokenScorer scorer, EvaluatedNetwork network, SentencePairs rows, Vocabulary vocabulary) {
    this.scorer = scorer;
    this.network = network;
    this.rows = rows;
    this.vocabulary = vocabulary;
  }

  static TrainedTranslator of(StoredRun run, FinishedFolder folder, OptionalDouble threshold) {
    Settings settings = ExperimentSettings.of(run.configuration());
    NetworkModel model = NetworkModels.named(settings.value(ExperimentKeys.NETWORK)).with(settings);
    TokenScorer scorer = model.scorer().orElseThrow(() -> writesNothing(folder, model));
    SentencePairs rows = rows(folder);
    Vocabulary vocabulary = vocabulary(folder, rows);
    SparseModel sparse = run.model(threshold);
    Dl4jRecipe recipe =
        new Dl4jRecipe(
            sparse.network(),
            sparse.tensors(),
            MaskedGradient.NONE,
            new Slices(settings.value(ExperimentKeys.SLICES)),
            settings.value(ExperimentKeys.PRODUCTS));
    EvaluationPoint point =
        new EvaluationPoint(threshold, new PlainWeights(sparse.parameters(), sparse.masks()));
    String name = "translate-" + UUID.randomUUID();
    return new TrainedTranslator(
        scorer, new EvaluatedNetwork(name, recipe, List.of(point)), rows, vocabulary);
  }

  private static Refusal writesNothing(FinishedFolder folder, NetworkModel model) {
    return new Refusal(
        "Cannot translate by %s: its network %s writes no sentences; name a run of one that does, such as transformer-base."
            .formatted(folder.path(), model.name()));
  }

  private static SentencePairs rows(FinishedFolder folder) {
    try {
      return SentencePairs.of(DatasetManifest.parse(folder.text(Translation.DATASET)).schema());
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          "Cannot translate by %s: its %s is damaged, %s; take another copy of the folder."
              .formatted(folder.path(), Translation.DATASET, Reason.of(e)),
          e);
    }
  }

  private static Vocabulary vocabulary(FinishedFolder folder, SentencePairs rows) {
    String name = DatasetLayout.VOCABULARY;
    Vocabulary vocabulary = Vocabulary.parse(folder.bytes(name), folder.path() + "/" + name);
    if (!vocabulary.sha256().equals(rows.vocabulary())) {
      throw new Refusal(
          "Cannot translate by %s: the SHA-256 of its %s is %s where the network was trained with %s; take another copy of the folder."
              .formatted(folder.path(), name, vocabulary.sha256(), rows.vocabulary()));
    }
    return vocabulary;
  }

  /**
   * The subwords of lines, each with its end; none of an empty line.
   *
   * @throws Refusal if a line has more subwords than a row of the data that the network was trained
   *     on
   */
  public List<int[]> encode(List<String> lines) {
    SubwordEncoder encoder = new SubwordEncoder(vocabulary);
    List<int[]> sentences = new ArrayList<>();
    for (String line : lines) {
      int[] sentence = line.isEmpty() ? new int[0] : encoder.sentence(line);
      if (sentence.length > rows.length()) {
        throw new Refusal(
            "Cannot translate line %d: it has %d subwords where the network was trained on at most %d; split it into sentences."
                .formatted(sentences.size() + 1, sentence.length, rows.length()));
      }
      sentences.add(sentence);
    }
    return sentences;
  }

  /**
   * The translations of encoded lines, a line each, in their order; an empty line is its own
   * translation.
   *
   * @param sentences as {@link #encode} gives them
   */
  public List<String> translate(JavaSparkContext spark, List<int[]> sentences, Beam beam) {
    List<int[]> asked = sentences.stream().filter(sentence -> sentence.length > 0).toList();
    List<int[]> found = new ClusterTranslation(network, scorer, beam).of(spark, asked).get(0);
    SubwordDecoder decoder = new SubwordDecoder(vocabulary);
    String[] texts = new String[sentences.size()];
    Arrays.fill(texts, "");
    int next = 0;
    for (int i = 0; i < texts.length; i++) {
      if (sentences.get(i).length > 0) {
        texts[i] = decoder.decode(found.get(next++)).replace('\n', ' ');
      }
    }
    return List.of(texts);
  }
}

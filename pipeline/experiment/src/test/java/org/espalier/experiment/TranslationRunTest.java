package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Metric;
import org.espalier.base.Refusal;
import org.espalier.datasets.Dataset;
import org.espalier.results.Measurement;
import org.espalier.results.SampleTranslations;
import org.espalier.results.TranslatedSentence;
import org.espalier.tasks.translation.search.Beam;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that learns to translate word by word, from its rows to translations of text. */
class TranslationRunTest extends OnSmallRuns {
  private static final Metric CROSS_ENTROPY = Metric.CROSS_ENTROPY;

  @TempDir private static Path folder;
  private static RunOutcome run;

  @BeforeAll
  static void train() throws Exception {
    GeneratedPairs.prepare(runs.spark(), folder.resolve("pairs"));
    GeneratedPairs.prepare(runs.spark(), folder.resolve("others"), "ei", "ca");
    run = runs.run(experiment(""), folder.resolve("runs"));
  }

  private static Experiment experiment(String more) {
    return Experiment.resolve(
        ConfigFactory.parseString(
                """
                network = transformer-tiny
                transformer { layers = 1, width = 32, feedForward = 32, dropout = 0
                  attentionDropout = 0, reluDropout = 0 }
                workers = 2, batchTokens = 160, epochs = 5, averaging.of = gradients
                evaluation.sentences = 10
                """)
            .withFallback(ConfigFactory.parseString("optimiser.learningRate = 0.01"))
            .withFallback(
                ConfigFactory.parseString("data = \"%s\"".formatted(folder.resolve("pairs"))))
            .resolve()
            .withFallback(ConfigFactory.parseString(more)),
        hadoop());
  }

  private static Configuration hadoop() {
    return runs.spark().hadoopConfiguration();
  }

  private static StoredRun stored() {
    return StoredRun.in(new org.apache.hadoop.fs.Path(run.folder()), hadoop());
  }

  @Test
  void thePlanSaysRowsAndTokenSlots() {
    assertThat(experiment("").summary())
        .contains("2 workers x 10 rows of 16 token slots a side (160 per worker, 320 in all)")
        .contains("100 steps in 5 epochs");
  }

  @Test
  void bleuLeadsAndSaysWhatItIs() {
    Measurement measured = run.points().get(0).measurement();
    assertThat(measured.leading().name()).isEqualTo("bleu");
    assertThat(measured.score().orElseThrow()).isGreaterThan(90);
    assertThat(measured.value(CROSS_ENTROPY).orElseThrow()).isLessThan(0.7);
    assertThat(run.points().get(0).setting().notes())
        .containsEntry(
            "bleu signature", "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|like:sacrebleu-2.6.0");
  }

  @Test
  void sentencesCanBeRead() {
    List<SampleTranslations> samples =
        SampleTranslations.read(new org.apache.hadoop.fs.Path(run.folder()), hadoop());
    TranslatedSentence first = samples.get(0).sentences().get(0);
    assertThat(first.source()).matches("(one|two|red|cat)( (one|two|red|cat)){3}");
    assertThat(first.reference()).matches("(eins|zwei|rot|Katze)( (eins|zwei|rot|Katze)){3}");
    assertThat(samples.get(0).sentences()).extracting(TranslatedSentence::number).contains(7L);
  }

  @Test
  void textIsTranslatedByTheRunAlone() {
    TrainedTranslator translator = stored().translator(OptionalDouble.empty());
    List<int[]> encoded = translator.encode(List.of("two red cat one", "", "cat one one two"));
    assertThat(translator.translate(runs.spark(), encoded, Beam.PAPER))
        .containsExactly("zwei rot Katze eins", "", "Katze eins eins zwei");
    assertThat(translator.translate(runs.spark(), encoded, new Beam(1, 0.6, 100)))
        .containsExactly("zwei rot Katze eins", "", "Katze eins eins zwei");
  }

  @Test
  void aLineBeyondTheRowsOfTheDataIsRefused() {
    TrainedTranslator translator = stored().translator(OptionalDouble.empty());
    String line = "one two red cat ".repeat(5).strip();
    assertThatThrownBy(() -> translator.encode(List.of("one", line)))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot translate line 2: it has 21 subwords where the network was trained on at most 16; split it into sentences.");
  }

  @Test
  void pairsOfAnotherVocabularyAreRefused() {
    Dataset others = Dataset.open(folder.resolve("others").toString(), hadoop());
    Experiment trained = stored().experiment(Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> new StoredEvaluation(runs.spark(), stored(), trained, others).points())
        .isInstanceOf(Refusal.class)
        .hasMessageMatching(
            "Cannot evaluate the run on .*/others: it holds sentence pairs of up to 16 subwords of 46, vocabulary [0-9a-f]{8} and the network takes sentence pairs of up to 16 subwords of 44, vocabulary [0-9a-f]{8}; name another dataset.");
  }

  @Test
  void evaluationTranslatesAgainAndFindsTheSame() {
    Experiment trained = stored().experiment(Optional.empty(), Optional.empty());
    assertThat(
            new StoredEvaluation(runs.spark(), stored(), trained, trained.dataset())
                .points()
                .get(0)
                .measurement())
        .isEqualTo(run.points().get(0).measurement());
  }

  @Test
  void aVocabularyThatIsNotTheDatasIsRefusedBeforeTraining() throws Exception {
    Path damaged = folder.resolve("damaged");
    GeneratedPairs.prepare(runs.spark(), damaged);
    Files.writeString(damaged.resolve("vocabulary.subwords"), "another");
    Experiment experiment =
        Experiment.resolve(
            ConfigFactory.parseString(
                "network = transformer-tiny, workers = 2, batch = 20, data = \"%s\""
                    .formatted(damaged)),
            hadoop());
    assertThatThrownBy(
            () ->
                ExperimentRun.check(
                    experiment, Checkpointing.usual(), folder.resolve("no").toString(), hadoop()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("damaged/vocabulary.subwords: its SHA-256 is ")
        .hasMessageEndingWith("restore the file or prepare the dataset again.");
  }

  @Test
  void runsThatTranslateNothingAreLedByCrossEntropyAndRefuseText() throws Exception {
    Experiment digits = runs.experiment("epochs = 1");
    RunOutcome other = runs.run(digits, folder.resolve("digits"));
    StoredRun classifier = StoredRun.in(new org.apache.hadoop.fs.Path(other.folder()), hadoop());
    assertThatThrownBy(() -> classifier.translator(OptionalDouble.empty()))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot translate by %s: its network lenet-300-100 writes no sentences; name a run of one that does, such as transformer-base."
                .formatted(other.folder()));
    Experiment silent =
        Experiment.resolve(
            ConfigFactory.parseString(
                "network = transformer-tiny, workers = 2, batch = 20, evaluation.beam = 0, data = \"%s\""
                    .formatted(folder.resolve("pairs"))),
            hadoop());
    assertThat(silent.leading()).isEqualTo(CROSS_ENTROPY);
  }
}

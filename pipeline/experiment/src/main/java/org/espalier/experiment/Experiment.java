package org.espalier.experiment;

import com.typesafe.config.Config;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.espalier.averaging.footprint.RunFootprint;
import org.espalier.averaging.footprint.RunFootprint.Averaging;
import org.espalier.averaging.footprint.WorkerShape;
import org.espalier.base.Metric;
import org.espalier.base.Refusal;
import org.espalier.base.Sha256;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.sparse.MaskedProducts;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.replica.NetworkSize;
import org.espalier.engine.stochastic.StochasticMethod;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.Dense;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.PruningKeys;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.TrainingKeys;
import org.espalier.tasks.translation.Translation;

/**
 * A run, resolved and checked: everything that decides its bits, and nothing else.
 *
 * <p>Where the data lies and which cluster trains is not part of it; what the data is, is.
 */
public final class Experiment {
  /** Examples of a batch of evaluation at most. */

  /** Float32 values that vertices hold of a batch of evaluation at most: 512 MiB. */
  private static final long EVALUATION_VALUES = 1L << 27;

  private final Settings settings;
  private final Dataset dataset;
  private final ImportedArtefacts given;
  private final TrainingPlan plan;
  private final SortedMap<String, String> canonical;
  private final String hash;

  private Experiment(Settings settings, Dataset dataset, ImportedArtefacts given) {
    this.settings = settings;
    this.dataset = dataset;
    this.given = given;
    this.plan = TrainingPlan.of(settings, dataset, given.masks());
    Map<String, String> contents = given.hashes();
    contents.put(ExperimentKeys.DATA.path(), dataset.hash());
    this.canonical = settings.canonical(contents);
    this.hash = Sha256.of(Settings.lines(canonical).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The experiment of a configuration.
   *
   * @throws Refusal if a key is unknown, a value is impossible, or values contradict each other
   */
  public static Experiment resolve(Config config, Configuration hadoop) {
    Settings settings = ExperimentSettings.of(config);
    ImportedArtefacts given = ImportedArtefacts.of(settings, hadoop);
    Dataset dataset = Dataset.open(settings.value(ExperimentKeys.DATA), hadoop);
    return new Experiment(ExperimentSettings.on(dataset, settings), dataset, given);
  }

  /** Name of the run: network, method, and a hash of the configuration without defaults. */
  public String name() {
    return "%s-%s-%s".formatted(network().name(), methodName(), hash().substring(0, 8));
  }

  /** SHA-256, in hex, of the configuration in canonical form, defaults left out. */
  public String hash() {
    return hash;
  }

  /** The canonical form: what differs from the defaults, by key, files by their hashes. */
  SortedMap<String, String> canonical() {
    return canonical;
  }

  /** The whole configuration, defaults included, as a file that can be used again. */
  public String configuration() {
    return Hocon.text(settings);
  }

  /** One line for people: what is trained on what. */
  public String summary() {
    return "%s on %s: %s, %s, %s, %d steps in %d epochs"
        .formatted(
            network().name(),
            dataset.manifest().name(),
            stochastic().<Object>map(chosen -> chosen).orElse(method()),
            network().task().batch(rows(), workers(), batchPerWorker()),
            averagesGradients()
                ? "gradients averaged every step"
                : "averaged every %d steps".formatted(averagingFrequency()),
            steps(),
            epochs());
  }

  /** The prepared dataset. */
  public Dataset dataset() {
    return dataset;
  }

  /** The network. */
  public NetworkModel network() {
    return plan.network();
  }

  /** What decides the masks during training; dense for a stochastic method. */
  public MaskingMethod method() {
    return plan.method();
  }

  /** The method whose weights are drawn, if it is one. */
  Optional<StochasticMethod> stochastic() {
    return plan.stochastic();
  }

  /** The form of the weights in training. */
  WeightForm form() {
    return plan.form();
  }

  /** What comes from an earlier run. */
  ImportedArtefacts given() {
    return given;
  }

  /** The values of all keys. */
  Settings settings() {
    return settings;
  }

  /**
   * Settings, other than defaults, that no column of the results has, by key; of a stochastic
   * method also the penalty's weight, on which its sparsity depends.
   */
  Map<String, String> knobs() {
    return Knobs.of(settings, plan);
  }

  /** The method's name in configurations. */
  public String methodName() {
    return settings.value(ExperimentKeys.METHOD);
  }

  /** Final sparsity that the configuration asks for, in [0, 1). */
  public double targetSparsity() {
    return settings.value(PruningKeys.TARGET);
  }

  /** Whether masked weights get a loss gradient. */
  public MaskedGradient maskedGradient() {
    return settings.value(MaskedGradient.KEY);
  }

  /** Seed of weights, order and noise. */
  public long seed() {
    return settings.value(ExperimentKeys.SEED);
  }

  /** Logical workers W. */
  public int workers() {
    return settings.value(ExperimentKeys.WORKERS);
  }

  /** Examples per step over all workers. */
  public int batch() {
    return batchPerWorker() * workers();
  }

  /** Examples per step of one worker. */
  public int batchPerWorker() {
    return plan.rowsPerWorker();
  }

  /** Examples per worker that are shuffled among each other. */
  public int shuffleWindow() {
    return settings.value(TrainingKeys.SHUFFLE_WINDOW);
  }

  /** Whether products leave masked weights out. */
  MaskedProducts maskedProducts() {
    return settings.value(ExperimentKeys.PRODUCTS);
  }

  /** Into how many slices a worker cuts the sums of a step. */
  Slices slices() {
    return new Slices(settings.value(ExperimentKeys.SLICES));
  }

  /** Steps between two averagings. */
  public int averagingFrequency() {
    return averagesGradients() ? 1 : settings.value(AveragingKeys.FREQUENCY);
  }

  /** Whether gradients are averaged, and not parameters. */
  boolean averagesGradients() {
    return AveragingKeys.choice().chosen(settings).isGradients();
  }

  /** How the test split is translated, for networks that write sentences, unless it is not. */
  Optional<SentenceSearch> sentenceSearch() {
    return network()
        .scorer()
        .flatMap(
            scorer ->
                Translation.beam(settings)
                    .map(
                        beam ->
                            new SentenceSearch(
                                scorer, beam, settings.value(Translation.SENTENCES))));
  }

  /** The metric that runs of this experiment are compared by. */
  Metric leading() {
    return sentenceSearch()
        .map(search -> PointTranslations.BLEU)
        .orElseGet(() -> network().task().judge().leading());
  }

  /** Passes over the training split, the last of which may end early. */
  public int epochs() {
    return plan.epochs();
  }

  /** Steps of the whole run; an epoch ends when the next batch would not be full. */
  public long steps() {
    return plan.steps();
  }

  /** The optimiser with its learning rate over this run's steps. */
  public Optimiser optimiser() {
    return plan.optimiser();
  }

  /**
   * The memory that the run takes on executors that run so many tasks at a time.
   *
   * @param executors number of processes that carry workers
   * @param slots tasks that each of them can run at a time
   */
  public RunFootprint footprint(int executors, int slots) {
    return new RunFootprint(
        size(),
        WorkerShape.of(workers(), batchPerWorker(), executors, slots),
        averagesGradients() ? Averaging.GRADIENTS : Averaging.PARAMETERS,
        evaluationBatch());
  }

  /** Examples of a batch of evaluation: fewer where a network holds much of each. */
  int evaluationBatch() {
    long most = EVALUATION_VALUES / Math.max(1, size().results());
    return (int) Math.max(1, Math.min(network().task().evaluationBatch(rows()), most));
  }

  /** The rows of the dataset, as the network sees them. */
  public RowKind rows() {
    return rows(dataset);
  }

  /** The rows of another dataset, as the network would see them. */
  RowKind rows(Dataset data) {
    return network().task().rows(data, settings);
  }

  private NetworkSize size() {
    RowKind rows = rows();
    return NetworkSize.of(
        network().graph(rows, optimiser(), form(), seed()),
        optimiser().rule().stateVectors(),
        weights(),
        network().inputs(rows).toArray(InputType[]::new));
  }

  private NetworkSize.Weights weights() {
    if (stochastic().isPresent()) {
      return NetworkSize.Weights.DRAWN;
    }
    return method() instanceof Dense
        ? NetworkSize.Weights.DENSE
        : NetworkSize.Weights.under(maskedProducts());
  }
}

package org.espalier.experiment;

import com.typesafe.config.Config;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.base.Sha256;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.Split;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.stochastic.StochasticMethod;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.tasks.classification.NetworkModel;
import org.espalier.tasks.classification.NetworkModels;

/**
 * A run, resolved and checked: everything that decides its bits, and nothing else.
 *
 * <p>Where the data lies and which cluster trains is not part of it; what the data is, is.
 */
public final class Experiment {
  private static final List<Key<?>> IN_COLUMNS =
      List.of(
          ExperimentKeys.DATA,
          ExperimentKeys.NETWORK,
          ExperimentKeys.SEED,
          ExperimentKeys.WORKERS,
          ExperimentKeys.BATCH,
          ExperimentKeys.EPOCHS,
          ExperimentKeys.FREQUENCY,
          ExperimentKeys.METHOD,
          ExperimentKeys.TARGET,
          ExperimentKeys.MASKED_GRADIENT,
          ExperimentKeys.THRESHOLDS);

  private final Settings settings;
  private final Dataset dataset;
  private final NetworkModel network;
  private final long stepsPerEpoch;
  private final MaskingMethod method;
  private final Optional<StochasticMethod> stochastic;
  private final Given given;
  private final SortedMap<String, String> canonical;
  private final String hash;

  private Experiment(
      Settings settings,
      Dataset dataset,
      NetworkModel network,
      long stepsPerEpoch,
      MaskingMethod method,
      Optional<StochasticMethod> stochastic,
      Given given) {
    this.settings = settings;
    this.dataset = dataset;
    this.network = network;
    this.stepsPerEpoch = stepsPerEpoch;
    this.method = method;
    this.stochastic = stochastic;
    this.given = given;
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
    Settings settings = Settings.of(config);
    int workers = settings.value(ExperimentKeys.WORKERS);
    int batch = settings.value(ExperimentKeys.BATCH);
    if (batch % workers != 0) {
      throw new Refusal(
          "Cannot split a batch of %d examples over %d workers: batch must be a multiple of workers, such as %d."
              .formatted(
                  batch, workers, Math.max(1, Math.round((double) batch / workers)) * workers));
    }
    NetworkModel network = NetworkModels.named(settings.value(ExperimentKeys.NETWORK));
    OptimiserSection.check(settings);
    SparsitySection.check(settings);
    Given given = Given.of(settings, hadoop);
    MaskingMethod method = SparsitySection.method(settings, given.masks());
    Dataset dataset = Dataset.open(settings.value(ExperimentKeys.DATA), hadoop);
    long rows = dataset.split(Split.TRAIN).rows();
    long stepsPerEpoch = rows / workers / (batch / workers);
    if (stepsPerEpoch == 0) {
      throw new Refusal(
          "Cannot take batches of %d examples over %d workers from %d training examples: use a smaller batch."
              .formatted(batch, workers, rows));
    }
    long steps = Math.multiplyExact(stepsPerEpoch, settings.value(ExperimentKeys.EPOCHS));
    return new Experiment(
        settings,
        dataset,
        network,
        stepsPerEpoch,
        method,
        StochasticSection.method(settings, rows, steps),
        given);
  }

  /** Name of the run: network, method, and a hash of the configuration without defaults. */
  public String name() {
    return "%s-%s-%s".formatted(network.name(), methodName(), hash().substring(0, 8));
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
    return settings.fullText();
  }

  /** One line for people: what is trained on what. */
  public String summary() {
    return "%s on %s: %s, %d workers x %d examples, averaged every %d steps, %d steps in %d epochs"
        .formatted(
            network.name(),
            dataset.manifest().name(),
            stochastic.<Object>map(chosen -> chosen).orElse(method),
            workers(),
            batchPerWorker(),
            averagingFrequency(),
            steps(),
            epochs());
  }

  /** The prepared dataset. */
  public Dataset dataset() {
    return dataset;
  }

  /** The network. */
  public NetworkModel network() {
    return network;
  }

  /** What decides the masks during training; dense for a stochastic method. */
  public MaskingMethod method() {
    return method;
  }

  /** The method whose weights are drawn, if it is one. */
  Optional<StochasticMethod> stochastic() {
    return stochastic;
  }

  /** What comes from an earlier run. */
  Given given() {
    return given;
  }

  /** What pixels are divided by. */
  int divisor() {
    return settings.value(ExperimentKeys.DIVISOR);
  }

  /** What is subtracted from every image. */
  Centre centre() {
    return settings.value(ExperimentKeys.CENTRE);
  }

  /**
   * Settings, other than defaults, that no column of the results has, by key; of a stochastic
   * method also the penalty's weight, on which its sparsity depends.
   */
  Map<String, String> knobs() {
    Map<String, String> knobs = settings.different();
    if (stochastic.isPresent()) {
      knobs.put(
          ExperimentKeys.PENALTY_WEIGHT.path(),
          String.valueOf(settings.value(ExperimentKeys.PENALTY_WEIGHT)));
    }
    IN_COLUMNS.forEach(key -> knobs.remove(key.path()));
    return knobs;
  }

  /** The method's name in configurations. */
  public String methodName() {
    return settings.value(ExperimentKeys.METHOD);
  }

  /** Final sparsity that the configuration asks for, in [0, 1). */
  public double targetSparsity() {
    return settings.value(ExperimentKeys.TARGET);
  }

  /** Whether masked weights get a loss gradient. */
  public MaskedGradient maskedGradient() {
    return settings.value(ExperimentKeys.MASKED_GRADIENT);
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
    return settings.value(ExperimentKeys.BATCH);
  }

  /** Examples per step of one worker. */
  public int batchPerWorker() {
    return batch() / workers();
  }

  /** Examples per worker that are shuffled among each other. */
  public int shuffleWindow() {
    return settings.value(ExperimentKeys.SHUFFLE_WINDOW);
  }

  /** Into how many slices a worker cuts the sums of a step. */
  Slices slices() {
    return new Slices(settings.value(ExperimentKeys.SLICES));
  }

  /** Steps between two averagings. */
  public int averagingFrequency() {
    return settings.value(ExperimentKeys.FREQUENCY);
  }

  /** Passes over the training split. */
  public int epochs() {
    return settings.value(ExperimentKeys.EPOCHS);
  }

  /** Steps of the whole run; an epoch ends when the next batch would not be full. */
  public long steps() {
    return Math.multiplyExact(stepsPerEpoch, epochs());
  }

  /** The optimiser with its learning rate over this run's steps. */
  public Optimiser optimiser() {
    return OptimiserSection.optimiser(settings, steps());
  }
}

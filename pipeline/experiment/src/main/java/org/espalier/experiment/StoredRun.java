package org.espalier.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Refusal;
import org.espalier.datasets.Dataset;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.PlainWeights;
import org.espalier.engine.replica.WeightReader;
import org.espalier.engine.stochastic.StochasticMethod;
import org.espalier.engine.tensor.SparsifiableTensors;
import org.espalier.results.OperatingPoint;
import org.espalier.results.ResultsTable;
import org.espalier.results.RunIdentity;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.SparseTensors;

/** The network of a finished run, read from the folder that the run published. */
public final class StoredRun {
  private final Path folder;
  private final Configuration hadoop;
  private OperatingPoint point; // Read when it is first asked for.

  private StoredRun(Path folder, Configuration hadoop) {
    this.folder = folder;
    this.hadoop = hadoop;
  }

  /** The run in this folder, of which nothing is read yet. */
  public static StoredRun in(Path folder, Configuration hadoop) {
    return new StoredRun(folder, hadoop);
  }

  /**
   * The configuration that it was run with, defaults included.
   *
   * @throws Refusal if it is missing or damaged
   */
  public Config configuration() {
    try {
      return ConfigFactory.parseString(text(RunFiles.CONFIGURATION)).resolve();
    } catch (ConfigException e) {
      throw new Refusal(
          "Cannot read the configuration of %s: %s; restore the file %s."
              .formatted(folder, e.getMessage(), RunFiles.CONFIGURATION),
          e);
    }
  }

  /**
   * The experiment that it was, for another evaluation.
   *
   * @param data the dataset it is to be evaluated on, where it is not the run's own at its old
   *     place
   * @param thresholds as a user writes them, where they are not the run's own
   * @throws Refusal if the run has no network, its dataset is not what it was trained on, or it
   *     takes no thresholds
   */
  public Experiment experiment(Optional<Dataset> data, Optional<String> thresholds) {
    Config config = configuration();
    if (thresholds.isPresent()) {
      config = with(config, ExperimentKeys.THRESHOLDS, thresholds.get());
    }
    SparsitySection.check(Settings.of(config));
    String trainedOn = finished().provenance().dataHash();
    if (data.isPresent() && data.get().hash().equals(trainedOn)) {
      config = with(config, ExperimentKeys.DATA, data.get().root());
    }
    Experiment experiment = Experiment.resolve(config, hadoop);
    if (!experiment.dataset().hash().equals(trainedOn)) {
      throw new Refusal(
          "Cannot evaluate %s: %s is not the dataset that it was trained on (its hash is %s and not %s); put that one back, or name where it lies now with --data."
              .formatted(
                  folder, experiment.dataset().root(), experiment.dataset().hash(), trainedOn));
    }
    return experiment;
  }

  private static Config with(Config config, Key<?> key, String value) {
    return config.withValue(key.path(), ConfigValueFactory.fromAnyRef(value));
  }

  /** Its name and hash. */
  RunIdentity identity() {
    return finished().run();
  }

  /**
   * Its first row of results.
   *
   * @throws Refusal if it diverged and left no network
   */
  private OperatingPoint finished() {
    if (point == null) {
      point = requireFinished(ResultsTable.read(folder, hadoop).rows().get(0));
    }
    return point;
  }

  private OperatingPoint requireFinished(OperatingPoint first) {
    first
        .measurement()
        .divergedAtStep()
        .ifPresent(
            step -> {
              throw new Refusal(
                  "Cannot read a trained network from %s: the run diverged at step %d and left none; name one that came to its end."
                      .formatted(folder, step));
            });
    return first;
  }

  /**
   * Its raw parameters, a second one per weight included where weights were drawn.
   *
   * @throws Refusal if they are not those that the run published
   */
  FlatVector parameters() {
    FlatVector parameters = StoredFile.parameters(folder, hadoop);
    String found = parameters.headSha256(parameters.length());
    Optional<String> published = finished().provenance().model().parametersSha256();
    if (!published.equals(Optional.of(found))) {
      throw new Refusal(
          "Cannot read a trained network from %s: the SHA-256 of %s is %s, and the results say %s; take another copy."
              .formatted(folder, RunFiles.PARAMETERS, found, published.orElse("nothing")));
    }
    return parameters;
  }

  /** The masks that it was trained with. */
  MaskSet masks() {
    return StoredFile.masks(folder, hadoop);
  }

  /**
   * The network as a sparse one of plain weights.
   *
   * @param threshold on log alpha, for variational dropout; absent for every other method
   * @throws Refusal if a file is missing or damaged, or the threshold does not go with the method
   */
  public SparseModel model(OptionalDouble threshold) {
    Settings settings = Settings.of(configuration());
    Optional<StochasticMethod> method =
        threshold.isPresent()
            ? StochasticSection.reading(settings, List.of(threshold.getAsDouble()))
            : StochasticSection.reading(settings, settings.value(ExperimentKeys.THRESHOLDS));
    boolean takesOne = method.isPresent() && method.get().readings().get(0).threshold().isPresent();
    String name = settings.value(ExperimentKeys.METHOD);
    if (threshold.isPresent() && !Double.isFinite(threshold.getAsDouble())) {
      throw new Refusal(
          "Cannot read %s at threshold %s: a limit of log alpha is a finite number, such as 3."
              .formatted(folder, threshold.getAsDouble()));
    }
    if (threshold.isPresent() && !takesOne) {
      throw new Refusal(
          "Cannot read %s at threshold %s: the method %s has no threshold; leave it out."
              .formatted(folder, threshold.getAsDouble(), name));
    }
    if (threshold.isEmpty() && takesOne) {
      throw new Refusal(
          "Cannot read %s without a threshold: the method %s removes weights whose log alpha reaches it; name one, such as --threshold 3."
              .formatted(folder, name));
    }
    return method.map(this::read).orElseGet(this::plain);
  }

  private SparseModel plain() {
    String json = text(RunFiles.NETWORK);
    ComputationGraph graph = graph(json);
    SparseTensors tensors = SparsifiableTensors.of(graph);
    graph.close();
    MaskSet masks = masks();
    masks.requireFits(tensors);
    return new SparseModel(json, tensors, parameters(), masks);
  }

  private SparseModel read(StochasticMethod method) {
    String json = text(RunFiles.PLAIN_NETWORK);
    ComputationGraph drawn = graph(text(RunFiles.NETWORK));
    ComputationGraph plain = graph(json);
    int count = Math.toIntExact(plain.numParams());
    WeightReader reader = WeightReader.between(drawn, method.weights().companion(), plain);
    drawn.close();
    plain.close();
    PlainWeights weights = reader.read(parameters(), method.readings().get(0));
    return new SparseModel(
        json, reader.tensors(), FlatVector.of(weights.vector().head(count)), weights.masks());
  }

  /** An initialised graph of a stored configuration, which the caller closes. */
  static ComputationGraph graph(String json) {
    ComputationGraph graph = new ComputationGraph(ComputationGraphConfiguration.fromJson(json));
    graph.init();
    return graph;
  }

  private String text(String name) {
    return StoredFile.text(folder, name, hadoop);
  }
}

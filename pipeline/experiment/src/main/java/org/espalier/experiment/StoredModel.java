package org.espalier.experiment;

import java.util.Optional;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Settings;
import org.espalier.engine.replica.PlainWeights;
import org.espalier.engine.replica.WeightReader;
import org.espalier.engine.stochastic.StochasticMethod;
import org.espalier.engine.stochastic.VariationalDropout;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.results.FinishedFolder;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.SparseTensors;

/**
 * The network of a finished run as a sparse one of plain weights.
 *
 * @param run the run
 * @param folder where it is stored
 */
record StoredModel(StoredRun run, FinishedFolder folder) {

  /**
   * The network at a threshold.
   *
   * @param threshold on log alpha, for variational dropout; absent for every other method
   * @throws Refusal if a file is missing or damaged, or the threshold does not go with the method
   */
  SparseModel at(OptionalDouble threshold) {
    Settings settings = ExperimentSettings.of(run.configuration());
    Optional<StochasticMethod> method = method(settings, threshold);
    run.requireTrained();
    return method.map(this::read).orElseGet(this::plain);
  }

  private Optional<StochasticMethod> method(Settings settings, OptionalDouble threshold) {
    String name = settings.value(ExperimentKeys.METHOD);
    if (threshold.isPresent() && !Double.isFinite(threshold.getAsDouble())) {
      throw new Refusal(
          "Cannot read %s at threshold %s: a limit of log alpha is a finite number, such as 3."
              .formatted(folder.path(), threshold.getAsDouble()));
    }
    Optional<StochasticMethod> method = SparsityMethods.trained(at(threshold, settings));
    boolean takesOne =
        method.isPresent() && method.get().estimates().get(0).threshold().isPresent();
    if (threshold.isPresent() && !takesOne) {
      throw new Refusal(
          "Cannot read %s at threshold %s: the method %s has no threshold; leave it out."
              .formatted(folder.path(), threshold.getAsDouble(), name));
    }
    if (threshold.isEmpty() && takesOne) {
      throw new Refusal(
          "Cannot read %s without a threshold: the method %s removes weights whose log alpha reaches it; name one, such as --threshold 3."
              .formatted(folder.path(), name));
    }
    return method;
  }

  private static Settings at(OptionalDouble threshold, Settings settings) {
    return threshold.isPresent()
        ? settings.with(VariationalDropout.THRESHOLDS, String.valueOf(threshold.getAsDouble()))
        : settings;
  }

  private SparseModel plain() {
    String json = folder.text(RunFiles.NETWORK);
    ComputationGraph graph = graph(json);
    SparseTensors tensors = NetworkTensors.of(graph).sparsifiable();
    graph.close();
    MaskSet masks = run.masks();
    masks.requireFits(tensors);
    return new SparseModel(json, tensors, run.parameters(), masks);
  }

  private SparseModel read(StochasticMethod method) {
    String json = folder.text(RunFiles.PLAIN_NETWORK);
    ComputationGraph drawn = graph(folder.text(RunFiles.NETWORK));
    ComputationGraph plain = graph(json);
    WeightReader reader = WeightReader.between(drawn, plain);
    drawn.close();
    plain.close();
    PlainWeights weights = reader.read(run.parameters(), method.estimates().get(0));
    return new SparseModel(json, reader.tensors(), weights.parameters(), weights.masks());
  }

  /**
   * An initialised graph of a stored configuration, which the caller closes.
   *
   * @throws Refusal if it was stored by a version that has another form for it
   */
  static ComputationGraph graph(String json) {
    ComputationGraph graph = new ComputationGraph(configuration(json));
    graph.init();
    return graph;
  }

  private static ComputationGraphConfiguration configuration(String json) {
    try {
      return ComputationGraphConfiguration.fromJson(json);
    } catch (RuntimeException e) {
      throw new Refusal(
          "Cannot read a stored network: %s; it is damaged or of another version of Espalier, so train it again."
              .formatted(Reason.of(e)),
          e);
    }
  }
}

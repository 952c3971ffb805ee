package org.espalier.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Refusal;
import org.espalier.model.SparsifiableTensors;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.SparseTensors;
import org.espalier.stochastic.StochasticMethod;
import org.espalier.training.FlatVector;
import org.espalier.training.PlainWeights;
import org.espalier.training.WeightReader;

/** The network of a finished run, read from the folder that the run published. */
public final class StoredRun {
  private final Path folder;
  private final Configuration hadoop;

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

  /** Its raw parameters, a second one per weight included where weights were drawn. */
  FlatVector parameters() {
    return StoredFile.parameters(folder, hadoop);
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
    return new SparseModel(json, tensors, parameters(), masks());
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

  private static ComputationGraph graph(String json) {
    ComputationGraph graph = new ComputationGraph(ComputationGraphConfiguration.fromJson(json));
    graph.init();
    return graph;
  }

  private String text(String name) {
    return new String(StoredFile.read(folder, name, hadoop), StandardCharsets.UTF_8);
  }
}

package org.espalier.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.PruningKeys;
import org.espalier.sparsity.SparseTensors;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.NetworkModels;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A configured network in numbers, known without training: its weights, how many of them are left
 * after the last mask update, and the multiply-adds of one example. Biases, normalisation and
 * everything that is not a product with weights are not counted as multiply-adds; sequences of
 * unknown length count as one token.
 *
 * @param network its name
 * @param rows what it is counted on
 * @param parameters all of its trained parameters, as it is used when it is trained
 * @param sparsifiable weights of the tensors that masks may be held for
 * @param nonzeros those of them that are not masked
 * @param tensors all tensors of weights, those that masks are not held for too
 * @param notes on what the numbers stand for, in sentences
 */
public record NetworkCount(
    String network,
    RowKind rows,
    long parameters,
    long sparsifiable,
    long nonzeros,
    List<TensorCount> tensors,
    List<String> notes) {
  private static final long SEED = 1;
  private static final Set<TensorRole> UNCOUNTED =
      EnumSet.of(TensorRole.COMPANION, TensorRole.MOMENTS);

  public NetworkCount {
    tensors = List.copyOf(tensors);
    notes = List.copyOf(notes);
  }

  /**
   * The numbers of a configuration, which needs not name a dataset.
   *
   * @throws Refusal if the configuration is impossible, no dataset is named where the network needs
   *     one, or the numbers follow from trained weights
   */
  public static NetworkCount of(Config config, Configuration hadoop) {
    Config whole =
        config.withFallback(
            ConfigFactory.parseMap(Map.of(ExperimentKeys.DATA.path(), ExperimentKeys.NOTHING)));
    Settings settings = ExperimentSettings.of(whole);
    NetworkModel network =
        NetworkModels.named(settings.value(ExperimentKeys.NETWORK)).with(settings);
    RowKind rows = rows(network, settings, hadoop);
    network.task().check(rows, settings);
    ComputationGraph graph = graph(network, rows);
    try {
      return of(settings, network, rows, graph, hadoop);
    } finally {
      graph.close();
    }
  }

  private static NetworkCount of(
      Settings settings,
      NetworkModel network,
      RowKind rows,
      ComputationGraph graph,
      Configuration hadoop) {
    NetworkTensors all = NetworkTensors.of(graph);
    SparsityMethods.check(settings, all);
    SparseTensors sparse = all.sparsifiable();
    List<String> notes = new ArrayList<>();
    Map<String, Integer> kept = kept(settings, sparse, notes, hadoop);
    WeightCounts counts = WeightCounts.of(graph, all, network.inputs(rows));
    if (network.inputs(rows).isEmpty()) {
      throw new Refusal(
          "Cannot count the multiply-adds of %s: it does not say what its inputs take of an example; let its class override inputs."
              .formatted(network.name()));
    }
    if (!counts.uncounted().isEmpty()) {
      throw new Refusal(
          "Cannot count the multiply-adds of %s in %s: its layer does not say at how many positions it is applied; let its configuration implement ProductDeclaration."
              .formatted(counts.uncounted().get(0), network.name()));
    }
    return new NetworkCount(
        network.name(),
        rows,
        all.all().stream()
            .filter(tensor -> !UNCOUNTED.contains(tensor.role()))
            .mapToLong(ParameterTensor::length)
            .sum(),
        sparse.totalLength(),
        kept.values().stream().mapToLong(Integer::longValue).sum(),
        counts.tensors().stream()
            .map(
                each ->
                    kept.containsKey(each.name())
                        ? trained(each.keeping(kept.get(each.name())), settings)
                        : each)
            .toList(),
        notes);
  }

  private static TensorCount trained(TensorCount tensor, Settings settings) {
    WeightForm form = SparsityMethods.form(settings, SparsityMethods.trained(settings));
    return form.of(tensor.name()) instanceof WeightForm.Variational ? tensor.drawn() : tensor;
  }

  private static RowKind rows(NetworkModel network, Settings settings, Configuration hadoop) {
    String data = settings.value(ExperimentKeys.DATA);
    if (!data.equals(ExperimentKeys.NOTHING)) {
      return network.task().rows(Dataset.open(data, hadoop), settings);
    }
    return network
        .publishedRows()
        .orElseThrow(
            () ->
                new Refusal(
                    "Cannot count %s without a dataset: its size depends on it and it names none of its own; add data=URI."
                        .formatted(network.name())));
  }

  /** With weights of any values, which nobody reads. */
  private static ComputationGraph graph(NetworkModel network, RowKind rows) {
    Optimiser any = new Optimiser(new UpdateRule.Sgd(), new ConstantRate(1), 0);
    ComputationGraphConfiguration built = network.graph(rows, any, WeightForm.PLAIN, SEED);
    long parameters =
        built.getVertices().values().stream().mapToLong(vertex -> vertex.numParams(true)).sum();
    ComputationGraph graph = new ComputationGraph(built);
    graph.init(Nd4j.createUninitialized(DataType.FLOAT, 1, parameters), false);
    return graph;
  }

  private static Map<String, Integer> kept(
      Settings settings, SparseTensors sparse, List<String> notes, Configuration hadoop) {
    MaskingMethod method =
        SparsityMethods.masking(settings, ImportedArtefacts.masks(settings, hadoop));
    if (SparsityMethods.trained(settings).isPresent()) {
      notes.add(
          "What %s removes is known when the network is trained, so all weights are counted."
              .formatted(settings.value(ExperimentKeys.METHOD)));
    } else if (settings.value(PruningKeys.TARGET) > 0 && settings.isDefault(PruningKeys.END)) {
      notes.add("No sparsity.end is set, so the target itself is counted.");
    } else {
      method.validate(sparse, Long.MAX_VALUE);
    }
    List<Integer> counts =
        method
            .keptAtEnd(sparse)
            .orElseThrow(
                () ->
                    new Refusal(
                        "Cannot count what %s keeps: how much that is of every tensor follows from trained weights; count with another sparsity.distribution or method, or train."
                            .formatted(method)));
    Map<String, Integer> kept = new HashMap<>();
    for (int t = 0; t < sparse.size(); t++) {
      kept.put(sparse.at(t).name(), counts.get(t));
    }
    return kept;
  }

  /** The sum of a number over all tensors. */
  public long sum(ToLongFunction<TensorCount> number) {
    return tensors.stream().mapToLong(number).reduce(0, Math::addExact);
  }
}

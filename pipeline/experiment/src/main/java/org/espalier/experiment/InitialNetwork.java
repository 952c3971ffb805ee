package org.espalier.experiment;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Refusal;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.results.FinishedFolder;

/**
 * A trained network that another run begins with.
 *
 * @param parameters its own, a second one per weight included where weights are drawn
 * @param network whose they are, in DL4J's JSON form
 */
record InitialNetwork(FlatVector parameters, String network) {

  /**
   * What lies in the folder of a run or of an export.
   *
   * @throws Refusal if the folder is not finished, or a file is missing or damaged
   */
  static InitialNetwork in(Path place, Configuration hadoop) {
    FinishedFolder folder = FinishedFolder.open(place, hadoop);
    return new InitialNetwork(
        FlatVector.wrap(folder.bytes(RunFiles.PARAMETERS)), folder.text(RunFiles.NETWORK));
  }

  /** SHA-256 of the parameters, in hex. */
  String hash() {
    return parameters.headSha256(parameters.length());
  }

  /**
   * Checks that a network has these parameters and no others: two networks of drawn weights have as
   * many, but not the same ones.
   *
   * @param graph the network that an experiment trains
   * @throws Refusal if their number or their names differ
   */
  void requireFits(ComputationGraph graph, Experiment experiment) {
    long count = graph.params().length();
    if (parameters.length() != count) {
      throw new Refusal(
          "Cannot start from %d parameters: %s with sparsity.method = %s has %d; name a run of the same network, or export one whose weights were drawn."
              .formatted(
                  parameters.length(),
                  experiment.network().name(),
                  experiment.methodName(),
                  count));
    }
    List<String> theirs = names();
    List<String> ours = names(graph);
    if (!theirs.equals(ours)) {
      throw new Refusal(
          "Cannot start from a network with the parameters %s: %s with sparsity.method = %s has %s; name a run of the same network and method, or an export."
              .formatted(theirs, experiment.network().name(), experiment.methodName(), ours));
    }
  }

  private List<String> names() {
    ComputationGraph graph = StoredModel.graph(network);
    List<String> names = names(graph);
    graph.close();
    return names;
  }

  private static List<String> names(ComputationGraph graph) {
    return NetworkTensors.of(graph).all().stream().map(ParameterTensor::name).toList();
  }
}

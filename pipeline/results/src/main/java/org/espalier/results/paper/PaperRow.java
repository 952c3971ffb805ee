package org.espalier.results.paper;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A row of the paper's Table 3.
 *
 * @param network the network
 * @param method the method
 * @param threshold on log alpha; absent for dense networks
 * @param sparsity in [0, 1]
 * @param accuracy on the test split, in [0, 1]
 */
record PaperRow(
    String network, String method, OptionalDouble threshold, double sparsity, double accuracy) {
  private static final String SMALL = "lenet-300-100";
  private static final String LARGE = "lenet-5-caffe";
  private static final String DENSE = "dense";
  private static final String VARIATIONAL = "variational-dropout";

  private static final List<PaperRow> ALL =
      List.of(
          new PaperRow(SMALL, DENSE, OptionalDouble.empty(), 0, 0.9842),
          new PaperRow(SMALL, VARIATIONAL, OptionalDouble.of(3), 0.9752, 0.9842),
          new PaperRow(SMALL, VARIATIONAL, OptionalDouble.of(2), 0.9850, 0.9840),
          new PaperRow(SMALL, VARIATIONAL, OptionalDouble.of(0.1), 0.9910, 0.9813),
          new PaperRow(LARGE, VARIATIONAL, OptionalDouble.of(3), 0.9929, 0.9926),
          new PaperRow(LARGE, VARIATIONAL, OptionalDouble.of(2), 0.9950, 0.9925));

  /** The paper's row of that operating point, if it has one. */
  static Optional<PaperRow> find(String network, String method, OptionalDouble threshold) {
    return ALL.stream()
        .filter(row -> row.network.equals(network))
        .filter(row -> row.method.equals(method) && row.threshold.equals(threshold))
        .findFirst();
  }
}

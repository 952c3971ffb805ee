package org.espalier.jobs.bench.scaling;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.espalier.base.Refusal;

/** A network of the paper, as far as its averaging is concerned. */
enum TrainedNetwork {
  /** ResNet-50 on ImageNet, Nesterov momentum, 128 images a worker: 24.6 GFLOP an image. */
  RESNET_50(25_600_000, 1, 128 * 24.6e9),
  /** Transformer-base, Adam, 4,096 tokens a worker: six operations for each weight and token. */
  TRANSFORMER_BASE(61_200_000, 2, 4096 * 6 * 61.2e6);

  private final int parameters;
  private final int stateVectors;
  private final double operations;

  TrainedNetwork(int parameters, int stateVectors, double operations) {
    this.parameters = parameters;
    this.stateVectors = stateVectors;
    this.operations = operations;
  }

  /**
   * The network of a name.
   *
   * @throws Refusal if there is none
   */
  static TrainedNetwork named(String name) {
    List<TrainedNetwork> all = Arrays.asList(values());
    return all.stream()
        .filter(network -> network.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "Cannot simulate the network '%s': it is unknown; choose one of %s."
                        .formatted(
                            name,
                            String.join(
                                ", ", all.stream().map(TrainedNetwork::toString).toList()))));
  }

  int parameters() {
    return parameters;
  }

  /** Number of values of parameters and optimiser state, V. */
  long vectorLength() {
    return (long) parameters * (1 + stateVectors);
  }

  /** Floating-point operations of a worker's step, forward and backward. */
  double operations() {
    return operations;
  }

  /** Bytes of parameters that one core updates in a second. */
  double updateBytesPerSecond(MachineConstants machine) {
    return stateVectors == 1 ? machine.nesterovBytesPerSecond() : machine.adamBytesPerSecond();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

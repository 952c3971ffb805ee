package org.espalier.engine.weights;

import java.util.function.DoubleSupplier;

/** A penalty on its way from the backward pass, which computes it anyway, to the score. */
final class Penalty {
  private final TensorHost host;
  private final PenaltySchedule schedule;
  private double sum = Double.NaN;

  Penalty(TensorHost host, PenaltySchedule schedule) {
    this.host = host;
    this.schedule = schedule;
  }

  void forget() {
    sum = Double.NaN;
  }

  void remember(double value) {
    sum = value;
  }

  /** The factor in the gradient: DL4J's is the sum over the minibatch and is divided later. */
  double ofGradient() {
    return schedule.at(host.step()) * host.gradientDivisor();
  }

  /** What the score has on top. */
  double of(DoubleSupplier compute) {
    double factor = schedule.at(host.step());
    double known = sum;
    forget(); // Where the factor was 0 the backward pass left the sum out.
    if (factor == 0) {
      return 0;
    }
    return factor * (Double.isNaN(known) ? compute.getAsDouble() : known);
  }
}

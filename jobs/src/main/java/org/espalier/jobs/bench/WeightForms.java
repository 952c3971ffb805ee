package org.espalier.jobs.bench;

import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;

/** The weights of the measured layers, as the paper's runs begin. */
final class WeightForms {
  static final WeightForm PLAIN = WeightForm.PLAIN;
  static final WeightForm VARIATIONAL =
      new WeightForm.Variational(-10, 3, PenaltySchedule.constant(1.0 / 60_000));
  static final WeightForm GATED =
      new WeightForm.HardConcrete(2.197, PenaltySchedule.constant(1.0 / 60_000));

  private WeightForms() {}
}

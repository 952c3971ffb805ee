package org.espalier.results;

import java.util.Objects;

/**
 * One row of the results: a trained network evaluated once, with how it was obtained.
 *
 * <p>A run gives one operating point per evaluation: one for magnitude or random pruning, one per
 * threshold for variational dropout. A run that diverged gives one as well, so that it is counted.
 *
 * @param run which run it was
 * @param setting what was asked for
 * @param measurement what came out
 * @param provenance what it came from: configuration, data, code, machine, model
 */
public record OperatingPoint(
    RunIdentity run, Setting setting, Measurement measurement, Provenance provenance) {

  public OperatingPoint {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(setting, "setting");
    Objects.requireNonNull(measurement, "measurement");
    Objects.requireNonNull(provenance, "provenance");
  }
}

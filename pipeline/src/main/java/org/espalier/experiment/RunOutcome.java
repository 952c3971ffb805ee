package org.espalier.experiment;

import org.espalier.results.OperatingPoint;

/**
 * A finished run.
 *
 * @param point its row of results
 * @param folder URI of its folder
 */
public record RunOutcome(OperatingPoint point, String folder) {}

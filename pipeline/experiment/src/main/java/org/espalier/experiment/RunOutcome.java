package org.espalier.experiment;

import java.util.List;
import org.espalier.results.OperatingPoint;

/**
 * A finished run.
 *
 * @param points its rows of results, at least one
 * @param folder URI of its folder
 */
public record RunOutcome(List<OperatingPoint> points, String folder) {}

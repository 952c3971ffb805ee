package org.espalier.experiment;

import java.util.List;
import org.espalier.results.OperatingPoint;

/**
 * What a trained network was found to do at its operating points.
 *
 * @param points a row of results each
 * @param translations of the test split, for each point or for none
 */
record JudgedPoints(List<OperatingPoint> points, List<PointTranslations> translations) {}

package org.espalier.results.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.results.OperatingPoint;
import org.espalier.results.RunIdentity;

/** The place of every run in the page, so that each number can link to its provenance. */
final class Anchors {
  private final Map<RunIdentity, String> ids = new LinkedHashMap<>();

  static Anchors of(Collection<OperatingPoint> points) {
    Anchors anchors = new Anchors();
    for (OperatingPoint point : points) {
      anchors.ids.putIfAbsent(point.run(), "run-" + (anchors.ids.size() + 1));
    }
    return anchors;
  }

  String id(RunIdentity run) {
    return ids.get(run);
  }
}

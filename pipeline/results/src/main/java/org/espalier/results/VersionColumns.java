package org.espalier.results;

import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.Type;
import org.espalier.base.Metric;

/** The columns of one version of results files that other versions do not have. */
interface VersionColumns {
  /** The version as a file says it. */
  String label();

  /** Their types. */
  List<Type> types();

  /** The leading metric of a row. */
  Metric leading(Columns row);

  /** The values of all metrics of a row that are known. */
  Map<Metric, Double> metrics(Columns row);

  /** The parts of a row's run. */
  List<RunPart> parts(Columns row);
}

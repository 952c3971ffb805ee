package org.espalier.results.report;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.results.ResultsTable;
import org.espalier.results.SamplePoints;

/** Writes a report of invented results into the folder named as argument, to be looked at. */
public final class SampleReport {
  private SampleReport() {}

  public static void main(String[] arguments) {
    Path page =
        Report.of(ResultsTable.of(SamplePoints.study()))
            .titled("Sample of invented results")
            .replacingOlder()
            .writeTo(new Path(arguments[0]), new Configuration());
    System.out.println(page);
  }
}

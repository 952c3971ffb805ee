package org.espalier.results.report;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.results.OperatingPoint;
import org.espalier.results.ResultsTable;
import org.espalier.results.SamplePoints;

/** Writes a report of invented results into the folder named as argument, to be looked at. */
public final class SampleReport {
  private SampleReport() {}

  public static void main(String[] arguments) {
    List<OperatingPoint> points = new ArrayList<>(SamplePoints.study());
    points.addAll(SamplePoints.translations());
    Path page =
        ReportPage.of(ResultsTable.of(points))
            .titled("Sample of invented results")
            .replacingOlder()
            .writeTo(new Path(arguments[0]), new Configuration());
    System.out.println(page);
  }
}

package org.espalier.jobs.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.jobs.shell.Cluster;
import org.espalier.jobs.shell.ClusterSettings;
import org.espalier.jobs.shell.CommandRunner;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.results.ResultsTable;
import org.espalier.results.SampleTranslations;
import org.espalier.results.report.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Results as a page for people. */
@Command(
    name = "report",
    description = "Writes one self-contained HTML page with the plots and tables of finished runs.",
    mixinStandardHelpOptions = true)
public final class Report extends Job {
  @Option(
      names = "--results",
      paramLabel = "URI",
      required = true,
      description = "A run's folder, a folder that collects runs, or a results.parquet.")
  private String results;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "Folder to write report.html into.")
  private String output;

  @Option(names = "--replace", description = "Replace an older report.html in that folder.")
  private boolean replace;

  /** Starts the job by itself, for {@code spark-submit --class}. */
  public static void main(String[] arguments) {
    CommandRunner.exit(new Report(), arguments);
  }

  @Override
  protected Map<String, Object> run(Console console) {
    Configuration hadoop =
        Cluster.hadoop(ClusterSettings.of("espalier report", options(), "local[1]"));
    ResultsTable table = ResultsTable.read(new Path(results), hadoop);
    ReportPage report =
        ReportPage.of(table).showing(SampleTranslations.read(new Path(results), hadoop));
    Path page = (replace ? report.replacingOlder() : report).writeTo(new Path(output), hadoop);
    console.result("report: " + page);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("report", page.toString());
    values.put("rows", table.rows().size());
    return values;
  }
}

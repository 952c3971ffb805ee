package org.espalier.jobs.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.espalier.experiment.ModelExport;
import org.espalier.experiment.SparseModel;
import org.espalier.experiment.StoredRun;
import org.espalier.jobs.shell.Cluster;
import org.espalier.jobs.shell.ClusterSettings;
import org.espalier.jobs.shell.CommandRunner;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.results.Figures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A trained network as plain weights and masks. */
@Command(
    name = "export",
    description = {
      "Writes the network of a finished run as plain weights and masks: network.json,"
          + " parameters.f32, masks.bin, and every mask as smtx/TENSOR.smtx.",
      "",
      "What variational dropout or L0 regularisation has learned becomes masks here, which"
          + " ./espalier train continues with: sparsity.method=fixed sparsity.masks=OUTPUT"
          + " start=OUTPUT."
    },
    mixinStandardHelpOptions = true)
public final class Export extends Job {
  @Option(
      names = "--run",
      paramLabel = "URI",
      required = true,
      description = "The folder of a finished run.")
  private String run;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description = "Limit of log alpha, for variational dropout only.")
  private Double threshold;

  @Option(
      names = "--output",
      paramLabel = "URI",
      required = true,
      description = "Folder to write, which must not exist yet.")
  private String output;

  /** Starts the job by itself, for {@code spark-submit --class}. */
  public static void main(String[] arguments) {
    CommandRunner.exit(new Export(), arguments);
  }

  @Override
  protected Map<String, Object> run(Console console) throws Exception {
    SparkConf settings = ClusterSettings.of("espalier export", options(), "local[1]");
    Configuration hadoop = Cluster.hadoop(settings);
    Cluster.prepareArithmetic(settings, console);
    OptionalDouble limit =
        threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold);
    StoredRun stored = StoredRun.in(new Path(run), hadoop);
    SparseModel model = stored.model(limit);
    Path folder = new ModelExport(model, stored.history()).publish(new Path(output), hadoop);
    console.result(
        "export: %s, sparsity %s %%, masks sha256:%s"
            .formatted(folder, Figures.sparsity(model.masks().sparsity()), model.masks().sha256()));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("folder", folder.toString());
    values.put("sparsity", model.masks().sparsity());
    values.put("masks", "sha256:" + model.masks().sha256());
    return values;
  }
}

package org.espalier.jobs.run;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.espalier.experiment.NetworkCount;
import org.espalier.experiment.TensorCount;
import org.espalier.jobs.shell.Cluster;
import org.espalier.jobs.shell.ClusterSettings;
import org.espalier.jobs.shell.CommandRunner;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Counts the weights and multiply-adds of a configuration. */
@Command(
    name = "count",
    description = {
      "Counts, without data or training, the parameters of a configured network, the weights that its"
          + " method leaves after the last mask update, and the multiply-adds of one example.",
      "",
      "Without data=URI a network is counted on the dataset that it was published with."
    },
    mixinStandardHelpOptions = true)
public final class Count extends Job {
  private static final String DEFAULT_MASTER = "local[1]";

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "HOCON file with an experiment; without one the defaults hold.")
  private Path configuration;

  @Parameters(
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description = "Keys of the configuration that override the file.")
  private List<String> overrides = List.of();

  /** Starts the job by itself, for {@code spark-submit --class}. */
  public static void main(String[] arguments) {
    CommandRunner.exit(new Count(), arguments);
  }

  @Override
  protected Map<String, Object> run(Console console) {
    SparkConf settings = ClusterSettings.of("espalier count", options(), DEFAULT_MASTER);
    List<Path> files = configuration == null ? List.of() : List.of(configuration);
    Config config = Configurations.resolve(files, overrides).get(0);
    NetworkCount count = NetworkCount.of(config, Cluster.hadoop(settings));
    console.result(new CountTable(count).text());
    return values(count);
  }

  private static Map<String, Object> values(NetworkCount count) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("network", count.network());
    values.put("rows", count.rows().toString());
    values.put("parameters", count.parameters());
    values.put("sparsifiable", count.sparsifiable());
    values.put("nonzeros", count.nonzeros());
    values.put("macs", count.sum(TensorCount::macs));
    values.put("denseMacs", count.sum(TensorCount::denseMacs));
    values.put("trainingMacs", count.sum(TensorCount::trainingMacs));
    values.put("denseTrainingMacs", count.sum(TensorCount::denseTrainingMacs));
    values.put("tensors", count.tensors().stream().map(Count::values).toList());
    values.put("notes", count.notes());
    return values;
  }

  private static Map<String, Object> values(TensorCount tensor) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", tensor.name());
    values.put("size", tensor.size());
    values.put("nonzeros", tensor.nonzeros());
    values.put("macs", tensor.macs());
    values.put("denseMacs", tensor.denseMacs());
    values.put("trainingMacs", tensor.trainingMacs());
    values.put("denseTrainingMacs", tensor.denseTrainingMacs());
    return values;
  }
}

package org.espalier.jobs.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.experiment.Experiment;
import org.espalier.jobs.shell.CommandRunner;
import org.espalier.results.ResultsTable;
import org.espalier.results.paper.PaperTable;
import org.espalier.results.paper.Table3;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Table 3 of the paper: the verification of variational dropout on MNIST. */
@Command(
    name = "table3",
    description = {
      "Trains LeNet-300-100 and LeNet-5-Caffe dense and by variational dropout, evaluates thresholds"
          + " 3.0, 2.0 and 0.1, and prints the paper's rows beside ours.",
      "",
      "Started again with the same output, it keeps what is finished and goes on from the newest"
          + " checkpoint. Writes OUTPUT/table3.csv, OUTPUT/table3.txt, OUTPUT/report.html and"
          + " OUTPUT/runs."
    },
    mixinStandardHelpOptions = true)
public final class ReproduceTable3 extends Reproduction {
  private static final String CONFIGURATIONS = "org/espalier/conf/table3/";
  private static final String MANY = "-8-workers";
  private static final List<String> IN_STEPS =
      List.of(
          "optimiser.decayStair",
          "sparsity.penalty.begin",
          "sparsity.penalty.end",
          "sparsity.penalty.stair");
  private static final List<String> EXPERIMENTS =
      List.of(
          "lenet-300-100-dense",
          "lenet-300-100-variational",
          "lenet-5-caffe-dense",
          "lenet-5-caffe-variational");

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Fewer epochs than the protocol's 200, with the learning rate's and the KL divergence's"
              + " steps shortened in proportion; the table says so.")
  private Integer epochs;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "1, as in the paper, or 8 workers that average (default: ${DEFAULT-VALUE}).")
  private int workers;

  ReproduceTable3() {
    super("table3", "Table 3: variational dropout on MNIST", 1);
  }

  /** Starts the job by itself, for {@code spark-submit --class}. */
  public static void main(String[] arguments) {
    CommandRunner.exit(new ReproduceTable3(), arguments);
  }

  @Override
  List<Experiment> experiments(String data, int seeds, Configuration hadoop) {
    requireProtocol();
    List<Experiment> experiments = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      for (String name : EXPERIMENTS) {
        Config config =
            configuration(name)
                .withValue("data", ConfigValueFactory.fromAnyRef(data))
                .withValue("seed", ConfigValueFactory.fromAnyRef(seed));
        experiments.add(Experiment.resolve(config, hadoop));
      }
    }
    return experiments;
  }

  @Override
  PaperTable table(ResultsTable results) {
    return Table3.of(results);
  }

  private void requireProtocol() {
    if (workers != 1 && workers != 8) {
      throw new Refusal(
          "Cannot reproduce Table 3 on %d workers: its configurations are for 1 or 8; start others with ./espalier train and your own."
              .formatted(workers));
    }
    if (epochs != null && (epochs < 1 || epochs > Table3.EPOCHS)) {
      throw new Refusal(
          "Cannot reproduce Table 3 in %d epochs: choose 1 to %d."
              .formatted(epochs, Table3.EPOCHS));
    }
  }

  private Config configuration(String name) {
    String file = CONFIGURATIONS + name + (workers == 1 ? "" : MANY) + ".conf";
    Config config = ConfigFactory.parseResources(file).resolve();
    return epochs == null ? config : shortened(config);
  }

  private Config shortened(Config config) {
    Config shorter = config.withValue("epochs", ConfigValueFactory.fromAnyRef(epochs));
    for (String path : IN_STEPS) {
      if (config.hasPath(path)) {
        long steps = Math.max(1, config.getLong(path) * epochs / Table3.EPOCHS);
        shorter = shorter.withValue(path, ConfigValueFactory.fromAnyRef(steps));
      }
    }
    return shorter;
  }
}

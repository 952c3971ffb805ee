package org.espalier.jobs.run;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.espalier.experiment.Experiment;
import org.espalier.jobs.shell.CommandRunner;
import org.espalier.results.ResultsTable;
import org.espalier.results.paper.MethodsTable;
import org.espalier.results.paper.PaperTable;
import picocli.CommandLine.Command;

/** The paper's comparison of methods, small: LeNet-300-100 on MNIST. */
@Command(
    name = "lenet-methods",
    description = {
      "Trains LeNet-300-100 dense, by magnitude and random pruning at five sparsities, and by"
          + " variational dropout and L0 regularisation at several penalties, on 8 workers.",
      "",
      "Started again with the same output, it keeps what is finished and goes on from the newest"
          + " checkpoint. Writes OUTPUT/lenet-methods.csv, OUTPUT/lenet-methods.txt,"
          + " OUTPUT/report.html and OUTPUT/runs."
    },
    mixinStandardHelpOptions = true)
public final class ReproduceLeNetMethods extends Reproduction {
  private static final String EXPERIMENTS = "org/espalier/conf/lenet-methods/experiments.conf";

  ReproduceLeNetMethods() {
    super("lenet-methods", "Four methods on LeNet-300-100", 3);
  }

  /** Starts the job by itself, for {@code spark-submit --class}. */
  public static void main(String[] arguments) {
    CommandRunner.exit(new ReproduceLeNetMethods(), arguments);
  }

  @Override
  List<Experiment> experiments(String data, int seeds, Configuration hadoop) {
    return new ExperimentList(ConfigFactory.parseResources(EXPERIMENTS).resolve(), data)
        .resolve(hadoop, seeds);
  }

  @Override
  PaperTable table(ResultsTable results) {
    return MethodsTable.of(results);
  }
}

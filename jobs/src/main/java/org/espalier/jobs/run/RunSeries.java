package org.espalier.jobs.run;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.experiment.Checkpointing;
import org.espalier.experiment.Checkpointing.StartPolicy;
import org.espalier.experiment.Experiment;
import org.espalier.experiment.ExperimentRun;
import org.espalier.jobs.shell.Console;

/**
 * Runs one after the other in one Spark application. Those that an earlier series finished in the
 * same folder are kept, and one that was stopped goes on from its checkpoint.
 */
record RunSeries(JavaSparkContext spark, String output, Console console) {

  /** Trains the experiment unless it is finished; returns its folder. */
  Path add(Experiment experiment) throws IOException {
    Path folder = ExperimentRun.folder(output, experiment);
    if (ExperimentRun.isFinished(experiment, output, spark.hadoopConfiguration())) {
      console.note("run: kept " + experiment.name() + ", which is finished");
      return folder;
    }
    console.note("run: " + experiment.name() + ": " + experiment.summary());
    Checkpointing checkpointing = Checkpointing.usual().starting(StartPolicy.RESUMED_OR_AFRESH);
    new ExperimentRun(spark, experiment, checkpointing, new TrainingProgress(console)).into(output);
    return folder;
  }
}

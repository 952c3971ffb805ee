package org.espalier.jobs.prepare;

import org.espalier.jobs.shell.CommandRunner;
import picocli.CommandLine.Command;

/** Turns raw files into sharded Parquet; a dataset is one class and one line here. */
@Command(
    name = "prepare",
    description = "Turns raw files into sharded Parquet with a manifest, published as a whole.",
    mixinStandardHelpOptions = true,
    subcommands = {
      PrepareMnist.class,
      PrepareFashionMnist.class,
      PrepareCifar10.class,
      PrepareDigits.class,
      PrepareImageNet.class,
      PrepareWmt14.class
    },
    synopsisSubcommandLabel = "DATASET")
public final class Prepare {
  private Prepare() {}

  /** Starts the job by itself, for {@code spark-submit --class}. */
  public static void main(String[] arguments) {
    CommandRunner.exit(new Prepare(), arguments);
  }
}

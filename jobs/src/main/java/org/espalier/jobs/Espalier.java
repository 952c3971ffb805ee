package org.espalier.jobs;

import org.espalier.jobs.bench.Bench;
import org.espalier.jobs.prepare.Prepare;
import org.espalier.jobs.run.Count;
import org.espalier.jobs.run.Evaluate;
import org.espalier.jobs.run.Export;
import org.espalier.jobs.run.Quickstart;
import org.espalier.jobs.run.Report;
import org.espalier.jobs.run.Reproduce;
import org.espalier.jobs.run.Train;
import org.espalier.jobs.shell.CommandRunner;
import org.espalier.jobs.subwords.Subwords;
import org.espalier.jobs.translation.BleuOfFiles;
import org.espalier.jobs.translation.Translate;
import picocli.CommandLine.Command;

/** The launcher's entry: every job as a subcommand. */
@Command(
    name = "espalier",
    description = "Trains sparse networks by masked parameter averaging on Apache Spark.",
    subcommands = {
      Quickstart.class,
      Prepare.class,
      Train.class,
      Evaluate.class,
      Export.class,
      Count.class,
      Reproduce.class,
      Report.class,
      Subwords.class,
      Translate.class,
      BleuOfFiles.class,
      Bench.class,
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused before anything was written.",
      "Start with: ./espalier quickstart"
    })
public final class Espalier {
  private Espalier() {}

  /** Runs the job that the arguments name and exits with its code. */
  public static void main(String[] arguments) {
    CommandRunner.exit(new Espalier(), arguments);
  }
}

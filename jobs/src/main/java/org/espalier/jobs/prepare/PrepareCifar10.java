package org.espalier.jobs.prepare;

import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.cifar.Cifar10;
import org.espalier.datasets.source.RowSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** CIFAR-10 from the files of its binary version. */
@Command(
    name = "cifar10",
    description = "CIFAR-10 from its binary version, plain or gzipped, whole or reduced.",
    mixinStandardHelpOptions = true)
final class PrepareCifar10 extends PrepareImagesJob {
  @Option(
      names = "--input",
      paramLabel = "URI",
      required = true,
      description =
          "Folder with data_batch_1.bin[.gz] to data_batch_5.bin[.gz] and test_batch.bin[.gz], or"
              + " with their first N records as NAME.firstN.bin[.gz]; batches.meta.txt names the"
              + " classes.")
  private String input;

  @Override
  RowSource source(Configuration hadoop) {
    return Cifar10.open(input, hadoop);
  }
}

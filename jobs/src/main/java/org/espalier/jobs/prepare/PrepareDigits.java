package org.espalier.jobs.prepare;

import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.digits.GeneratedDigits;
import org.espalier.datasets.source.RowSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Digits that are drawn, not collected: a dataset without a download. */
@Command(
    name = "digits",
    description = "Generated 28x28 digits that look handwritten; needs no download.",
    mixinStandardHelpOptions = true)
final class PrepareDigits extends PrepareImagesJob {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the drawing (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--train",
      paramLabel = "N",
      defaultValue = "" + GeneratedDigits.TRAIN_ROWS_DEFAULT,
      description = "Examples of the training split (default: ${DEFAULT-VALUE}).")
  private long train;

  @Option(
      names = "--test",
      paramLabel = "N",
      defaultValue = "" + GeneratedDigits.TEST_ROWS_DEFAULT,
      description = "Examples of the test split (default: ${DEFAULT-VALUE}).")
  private long test;

  @Override
  RowSource source(Configuration hadoop) {
    return new GeneratedDigits(seed, train, test);
  }
}

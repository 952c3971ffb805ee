package org.espalier.jobs.prepare;

import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.idx.IdxImages;
import org.espalier.datasets.source.RowSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fashion-MNIST from its four IDX files. */
@Command(
    name = "fashion-mnist",
    description = "Fashion-MNIST from its four IDX files, plain or gzipped.",
    mixinStandardHelpOptions = true)
final class PrepareFashionMnist extends PrepareImagesJob {
  @Option(
      names = "--input",
      paramLabel = "URI",
      required = true,
      description = "Folder with train-images-idx3-ubyte[.gz] and its three companions.")
  private String input;

  @Override
  RowSource source(Configuration hadoop) {
    return IdxImages.fashionMnist(input, hadoop);
  }
}

package org.espalier.datasets.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Sha256;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.LocalSpark;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Split;
import org.espalier.datasets.batch.SequentialReader;
import org.espalier.datasets.prepare.PrepareImages;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
  private final Configuration hadoop = new Configuration();

  @Test
  void thePublishedFilesArriveByteForByte(@TempDir Path folder) throws IOException {
    Path raw = Path.of(System.getProperty("espalier.data", "../../shared/data"), "mnist");
    assumeTrue(Files.isDirectory(raw), "MNIST is not in " + raw + ", so nothing is compared.");
    String output = folder.resolve("mnist").toString();
    IdxImages source = IdxImages.mnist(raw.toString(), hadoop);
    assertThat(source.rows()).isEqualTo(Map.of("train", 60_000L, "test", 10_000L));
    new PrepareImages(LocalSpark.context(), source, output).run();
    Dataset dataset = Dataset.open(output, hadoop);
    assertThat(dataset.split(Split.TRAIN).shards()).hasSize(8);
    assertThat(dataset.split(Split.TEST).shards()).hasSize(1);
    assertSame(dataset, Split.TRAIN, raw.resolve("train-images-idx3-ubyte.gz"), 16);
    assertSame(dataset, Split.TEST, raw.resolve("t10k-images-idx3-ubyte.gz"), 16);
  }

  private void assertSame(Dataset dataset, String split, Path images, int header)
      throws IOException {
    SequentialReader reader =
        new SequentialReader(
            new SplitRows(dataset, split, new RowGroupCache(0), hadoop),
            new RowRange(0, dataset.split(split).rows()));
    byte[] pixels = new byte[500 * 784];
    int[] labels = new int[500];
    MessageDigest found = Sha256.digest();
    for (int read = reader.read(pixels, labels); read > 0; read = reader.read(pixels, labels)) {
      found.update(pixels, 0, read * 784);
    }
    try (java.io.InputStream in =
        IdxStreams.open(new org.apache.hadoop.fs.Path(images.toUri()), hadoop)) {
      in.skipNBytes(header);
      assertThat(Sha256.hex(found.digest())).isEqualTo(Sha256.of(in));
    }
  }
}

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
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.Split;
import org.espalier.datasets.prepare.PrepareDataset;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;
import org.espalier.datasets.source.RawFiles;
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
    new PrepareDataset(LocalSpark.context(), source, output).run();
    Dataset dataset = Dataset.open(output, hadoop);
    assertThat(dataset.split(Split.TRAIN).shards()).hasSize(8);
    assertThat(dataset.split(Split.TEST).shards()).hasSize(1);
    assertSame(dataset, Split.TRAIN, raw.resolve("train-images-idx3-ubyte.gz"), 16);
    assertSame(dataset, Split.TEST, raw.resolve("t10k-images-idx3-ubyte.gz"), 16);
  }

  private void assertSame(Dataset dataset, String split, Path images, int header)
      throws IOException {
    SplitRows rows =
        new SplitRows(dataset, split, PixelImages.of(dataset), new RowGroupCache(1 << 20), hadoop);
    byte[] pixels = new byte[784];
    MessageDigest found = Sha256.digest();
    for (int group = 0; group < rows.index().groups(); group++) {
      for (int row = 0; row < rows.index().rowsIn(group); row++) {
        PixelImages.pixels(rows.group(group)).copy(row, pixels, 0);
        found.update(pixels);
      }
    }
    try (java.io.InputStream in =
        RawFiles.open(new org.apache.hadoop.fs.Path(images.toUri()), hadoop)) {
      in.skipNBytes(header);
      assertThat(Sha256.hex(found.digest())).isEqualTo(Sha256.of(in));
    }
  }
}

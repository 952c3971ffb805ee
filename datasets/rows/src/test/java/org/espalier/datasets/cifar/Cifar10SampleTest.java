package org.espalier.datasets.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
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
import org.espalier.datasets.rows.Rows;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;
import org.espalier.datasets.source.RawFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10SampleTest {
  private final Configuration hadoop = new Configuration();

  @Test
  void theSampleArrivesByteForByte(@TempDir Path folder) throws IOException {
    Path raw = Path.of(System.getProperty("espalier.data", "../../shared/data"), "cifar10");
    assumeTrue(Files.isDirectory(raw), "CIFAR-10 is not in " + raw + ", so nothing is compared.");
    String output = folder.resolve("cifar10").toString();
    Cifar10 source = Cifar10.open(raw.toString(), hadoop);
    assertThat(source.rows()).isEqualTo(Map.of("train", 5_000L, "test", 1_000L));
    new PrepareDataset(LocalSpark.context(), source, output).run();
    Dataset dataset = Dataset.open(output, hadoop);
    assertThat(PixelImages.of(dataset).names()).startsWith("airplane", "automobile").hasSize(10);
    assertSame(dataset, Split.TRAIN, raw.resolve("data_batch_1.first5000.bin.gz"));
    assertSame(dataset, Split.TEST, raw.resolve("test_batch.first1000.bin.gz"));
  }

  private void assertSame(Dataset dataset, String split, Path file) throws IOException {
    SplitRows rows =
        new SplitRows(dataset, split, PixelImages.of(dataset), new RowGroupCache(1 << 20), hadoop);
    byte[] record = new byte[CifarBytes.RECORD];
    MessageDigest found = Sha256.digest();
    for (int group = 0; group < rows.index().groups(); group++) {
      Rows held = rows.group(group);
      for (int row = 0; row < held.count(); row++) {
        record[0] = (byte) PixelImages.labels(held).at(row);
        PixelImages.pixels(held).copy(row, record, 1);
        found.update(record);
      }
    }
    try (InputStream in = RawFiles.open(new org.apache.hadoop.fs.Path(file.toUri()), hadoop)) {
      assertThat(Sha256.hex(found.digest())).isEqualTo(Sha256.of(in));
    }
  }
}

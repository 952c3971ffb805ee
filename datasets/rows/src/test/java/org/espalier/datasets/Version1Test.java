package org.espalier.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.rows.Rows;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;
import org.junit.jupiter.api.Test;

/** A dataset as it was prepared before there were kinds of data. */
class Version1Test {
  @Test
  void itIsReadAndKeepsItsHash() throws IOException, URISyntaxException {
    Configuration hadoop = new Configuration();
    String uri = Version1Test.class.getResource("version1").toURI().toString();
    Dataset dataset = Dataset.open(uri, hadoop);
    dataset.verify(hadoop);
    assertThat(dataset.hash())
        .isEqualTo("5e10032ece8033db39546531aa7827247f1ca53eb27880488679bbf2725db61b");
    PixelImages images = PixelImages.of(dataset);
    assertThat(images).isEqualTo(FewImages.KIND);
    SplitRows split = new SplitRows(dataset, Split.TRAIN, images, new RowGroupCache(0), hadoop);
    for (int row = 0; row < 6; row++) {
      int group = split.index().groupOf(row);
      Rows rows = split.group(group);
      byte[] pixels = new byte[12];
      int index = (int) (row - split.index().firstRow(group));
      PixelImages.pixels(rows).copy(index, pixels, 0);
      assertThat(pixels).isEqualTo(FewImages.pixels("train", row));
      assertThat(PixelImages.labels(rows).at(index)).isEqualTo(FewImages.label(row));
    }
  }
}

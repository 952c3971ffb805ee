package org.espalier.datasets;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.prepare.PrepareDataset;

/** Few images as a real dataset: 103 training rows in 4 shards, 22 test rows in one. */
public final class PreparedImages {
  private PreparedImages() {}

  public static Dataset in(Path folder) throws IOException {
    String output = folder.resolve("few").toString();
    new PrepareDataset(LocalSpark.context(), new FewImages(103, 22), output)
        .shards(4)
        .rowsPerRowGroup(10)
        .run();
    return Dataset.open(output, new Configuration());
  }
}

package org.espalier.datasets.prepare;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.Shard;
import org.espalier.datasets.source.ImageSource;

/**
 * Writes shards on an executor, each attempt of a task to a file of its own, so that retries and
 * speculative copies never meet.
 *
 * @param folder where the attempts are collected
 */
record ShardAttempt(ImageSource source, String folder, int rowsPerRowGroup)
    implements Serializable {

  WrittenShard write(ShardTask task, long attempt, Configuration hadoop) throws IOException {
    Path path = new Path(folder, "attempt-" + attempt + ".parquet");
    Shard shard;
    try (DigestingOutput file = new DigestingOutput(path, hadoop);
        ShardWriter writer = new ShardWriter(file, rowsPerRowGroup)) {
      source.read(
          task.split(),
          task.rows(),
          hadoop,
          (pixels, label) -> {
            check(pixels, label);
            writer.accept(pixels, label);
          });
      List<Integer> rowGroups = writer.finish();
      shard = new Shard(task.path(), file.bytes(), file.sha256(), rowGroups);
    }
    if (shard.rows() != task.rows().rows()) {
      throw new IOException(
          "The source gave " + shard.rows() + " rows for " + task + ": it must give all of them");
    }
    return new WrittenShard(path.toString(), task.split(), shard);
  }

  private void check(byte[] pixels, int label) throws IOException {
    ImageShape image = source.image();
    if (pixels.length != image.bytes() || label < 0 || label >= source.classes()) {
      throw new IOException(
          "The source gave an image of "
              + pixels.length
              + " bytes with label "
              + label
              + " where it promised "
              + image
              + " and "
              + source.classes()
              + " classes");
    }
  }
}

package org.espalier.datasets.prepare;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.datasets.Shard;
import org.espalier.datasets.source.RowSource;

/**
 * Writes shards on an executor, each attempt of a task to a file of its own, so that retries and
 * speculative copies never meet.
 *
 * @param folder where the attempts are collected
 */
record ShardAttempt(RowSource source, String folder, RowGroupSize rowGroups)
    implements Serializable {

  WrittenShard write(ShardTask task, long attempt, Configuration hadoop) throws IOException {
    Path path = new Path(folder, "attempt-" + attempt + ".parquet");
    Shard shard;
    try (DigestingOutput file = new DigestingOutput(path, hadoop);
        ShardWriter writer = new ShardWriter(file, source.kind(), rowGroups)) {
      source.read(task.split(), task.rows(), hadoop, writer);
      List<Integer> written = writer.finish();
      shard = new Shard(task.path(), file.bytes(), file.sha256(), written);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "The source gave rows that are not what it promised: " + Reason.of(e), e);
    }
    if (shard.rows() != task.rows().rows()) {
      throw new IOException(
          "The source gave " + shard.rows() + " rows for " + task + ": it must give all of them");
    }
    return new WrittenShard(path.toString(), task.split(), shard);
  }
}

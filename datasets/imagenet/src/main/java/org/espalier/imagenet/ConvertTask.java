package org.espalier.imagenet;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.datasets.Shard;
import org.espalier.datasets.prepare.ShardFile;
import org.espalier.images.EncodedImage;
import org.espalier.images.UnreadableImageException;

/**
 * Writes shards on an executor, one image in memory at a time, each attempt to files of its own.
 *
 * @param folder into which they are written
 */
record ConvertTask(ShardOptions options, String folder) implements Serializable {

  FinishedShard write(ListedShard listed, Iterator<ImageFile> files, Configuration hadoop)
      throws IOException {
    String name = "attempt-" + UUID.randomUUID();
    Path parquet = WorkFolder.parquet(new Path(folder), name);
    FileSystem fileSystem = parquet.getFileSystem(hadoop);
    Tally tally = new Tally();
    try (ShardFile shard = new ShardFile(parquet, hadoop, options.kind(), options.rowGroups());
        RejectLog rejects = new RejectLog(fileSystem, WorkFolder.rejects(new Path(folder), name));
        FileReading reading = new FileReading(hadoop);
        ImageConverter converter = ImageConverter.of(options.form(), options.maxPixels())) {
      while (files.hasNext()) {
        ImageFile file = files.next();
        tally.files++;
        try {
          byte[] bytes = reading.read(file);
          tally.bytes += bytes.length;
          EncodedImage image = converter.convert(bytes);
          shard.accept(
              options
                  .kind()
                  .row(image.jpeg(), file.label(), file.fileName(), image.width(), image.height()));
        } catch (RejectedFileException | UnreadableImageException e) {
          rejects.add(file.name(), e.getMessage());
        }
      }
      return finished(name, listed, tally, shard);
    }
  }

  private FinishedShard finished(String name, ListedShard listed, Tally tally, ShardFile shard)
      throws IOException {
    if (tally.files != listed.files()) {
      throw new IOException(
          "A listing gave %d files where it gave %d before: do not change the input while it is prepared"
              .formatted(tally.files, listed.files()));
    }
    List<Integer> rowGroups = shard.finish();
    long bytes = 0;
    String sha256 = "";
    if (!rowGroups.isEmpty()) {
      Shard written = shard.shard(name, rowGroups);
      bytes = written.bytes();
      sha256 = written.sha256();
    }
    return new FinishedShard(
        listed.fingerprint(),
        options.line(),
        name,
        bytes,
        sha256,
        rowGroups,
        tally.files,
        tally.bytes);
  }

  private static final class Tally {
    long files;
    long bytes;
  }
}

package org.espalier.wmt14;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.datasets.Shard;
import org.espalier.datasets.prepare.ShardFile;
import org.espalier.text.subwords.SubwordEncoder;
import org.espalier.text.subwords.Vocabulary;

/**
 * Encodes pairs and writes them as shards on an executor, a row group in memory at a time, each
 * attempt to a file of its own.
 *
 * @param vocabulary the content of its file
 * @param folder into which is written
 */
record EncodeTask(
    ParallelText text, EncodingOptions options, Broadcast<byte[]> vocabulary, String folder)
    implements Serializable {

  EncodedShard write(TextShard task, long attempt, Configuration hadoop) throws IOException {
    String name = "attempt-" + attempt + ".parquet";
    Path path = new Path(folder, name);
    try (ShardFile file = new ShardFile(path, hadoop, options.kind(), options.rowGroups())) {
      SubwordEncoder encoder =
          new SubwordEncoder(Vocabulary.parse(vocabulary.value(), "of the dataset"));
      Sorting sorting = new Sorting(encoder, file, task.isTraining());
      text.read(task.pairs(), hadoop, sorting);
      sorting.endBlock();
      List<Integer> rowGroups = file.finish();
      Shard shard = rowGroups.isEmpty() ? null : file.shard(name, rowGroups);
      return new EncodedShard(task, path.toString(), shard, sorting.tally(), sorting.tooLong);
    }
  }

  /** Sorts pairs into rows and dropped ones. */
  private final class Sorting implements ParallelText.PairSink {
    private final SubwordEncoder encoder;
    private final boolean training;
    private final PairPacker packer;
    private final TreeMap<String, Amount> dropped = new TreeMap<>();
    private Amount kept = Amount.NONE;
    private long rows;
    private EncodedShard.TooLong tooLong;

    Sorting(SubwordEncoder encoder, ShardFile file, boolean training) {
      this.encoder = encoder;
      this.training = training;
      this.packer =
          new PairPacker(
              options.kind(),
              row -> {
                rows++;
                file.accept(row);
              });
    }

    @Override
    public void accept(long number, String source, String target) throws IOException {
      if (number % TextShard.BLOCK == 0) {
        endBlock();
      }
      int[] sourceIds = encoder.sentence(source);
      int[] targetIds = encoder.sentence(target);
      Amount pair = Amount.of(sourceIds, targetIds);
      Optional<String> reason = training ? reason(source, target) : Optional.empty();
      int longer = Math.max(sourceIds.length, targetIds.length);
      if (reason.isPresent()) {
        dropped.merge(reason.get(), pair, Amount::plus);
      } else if (longer > options.kind().length()) {
        dropped.merge("length", pair, Amount::plus);
        if (tooLong == null || longer > tooLong.subwords()) {
          tooLong = new EncodedShard.TooLong(number, longer);
        }
      } else {
        kept = kept.plus(pair);
        packer.add(sourceIds, targetIds);
        if (!training) {
          packer.flush();
        }
      }
    }

    void endBlock() throws IOException {
      packer.flush();
    }

    SplitTally tally() {
      return new SplitTally(rows, 2L * rows * options.kind().length(), kept, dropped);
    }

    private Optional<String> reason(String source, String target) {
      return options.rules().stream()
          .filter(rule -> rule.drops(source, target))
          .map(CleaningRule::reason)
          .findFirst();
    }
  }
}

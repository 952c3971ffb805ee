package org.espalier.datasets.cifar;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Split;
import org.espalier.datasets.source.RowSink;
import org.espalier.datasets.source.RowSource;

/**
 * CIFAR-10 (Krizhevsky 2009): {@code 3x32x32}, 10 classes, from the files of its binary version,
 * {@code data_batch_1.bin} to {@code data_batch_5.bin} and {@code test_batch.bin} of 10,000 records
 * each, with or without {@code .gz}, or from their first N records, {@code
 * data_batch_1.firstN.bin}. Where {@code batches.meta.txt} is there it names the classes.
 */
public final class Cifar10 implements RowSource {
  private static final long serialVersionUID = 1L;
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final int CLASSES = 10;

  private final PixelImages images;
  private final TreeMap<String, List<CifarFile>> splits;

  private Cifar10(PixelImages images, Map<String, List<CifarFile>> splits) {
    this.images = images;
    this.splits = new TreeMap<>(splits);
  }

  /**
   * CIFAR-10 from the folder {@code uri}; reads every byte of its files.
   *
   * @throws Refusal if a file is missing or damaged
   */
  public static Cifar10 open(String uri, Configuration hadoop) {
    try {
      CifarFolder folder = new CifarFolder(new Path(uri), hadoop);
      List<CifarFolder.Batch> train = folder.train();
      List<CifarFolder.Batch> test = List.of(folder.test());
      PixelImages images = new PixelImages(SHAPE, CLASSES);
      if (folder.names().isPresent()) {
        images = images.named(ClassNames.of(folder.names().get(), CLASSES, hadoop));
      }
      return new Cifar10(
          images,
          Map.of(
              Split.TRAIN, checked(train, images, hadoop),
              Split.TEST, checked(test, images, hadoop)));
    } catch (FileNotFoundException e) {
      throw new Refusal(
          "Cannot read cifar10 from " + uri + ": there is no such folder; check the path.", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal(
          "Cannot read cifar10 from " + uri + ": " + Reason.of(e) + "; check the path.", e);
    }
  }

  private static List<CifarFile> checked(
      List<CifarFolder.Batch> batches, PixelImages images, Configuration hadoop) {
    return batches.stream()
        .map(batch -> CifarFile.check(batch.path(), batch.records(), images, hadoop))
        .toList();
  }

  @Override
  public String name() {
    return "cifar10";
  }

  @Override
  public PixelImages kind() {
    return images;
  }

  @Override
  public SortedMap<String, Long> rows() {
    TreeMap<String, Long> rows = new TreeMap<>();
    splits.forEach(
        (split, files) -> rows.put(split, files.stream().mapToLong(CifarFile::records).sum()));
    return rows;
  }

  @Override
  public void read(String split, RowRange range, Configuration hadoop, RowSink sink)
      throws IOException {
    long first = 0;
    for (CifarFile file : splits.get(split)) {
      long from = Math.max(range.from() - first, 0);
      long to = Math.min(range.to() - first, file.records());
      if (from < to) {
        file.read(new RowRange(from, to), images, hadoop, sink);
      }
      first += file.records();
    }
  }
}

package org.espalier.datasets.idx;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
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
 * MNIST (LeCun, Cortes, Burges 1998) or Fashion-MNIST (Xiao, Rasul, Vollgraf 2017): {@code
 * 1x28x28}, 10 classes, from the four IDX files as published.
 *
 * <p>The files are called {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
 * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, or with a dot before {@code idx},
 * each with or without {@code .gz}; the first name that exists is taken.
 */
public final class IdxImages implements RowSource {
  private static final long serialVersionUID = 1L;
  private static final PixelImages IMAGES = new PixelImages(new ImageShape(1, 28, 28), 10);

  private final String name;
  private final TreeMap<String, IdxSplit> splits;

  private IdxImages(String name, Map<String, IdxSplit> splits) {
    this.name = name;
    this.splits = new TreeMap<>(splits);
  }

  /**
   * MNIST from the folder {@code uri}; reads every byte of the four files.
   *
   * @throws Refusal if a file is missing, damaged or does not belong to the others
   */
  public static IdxImages mnist(String uri, Configuration hadoop) {
    return open("mnist", uri, hadoop);
  }

  /**
   * Fashion-MNIST from the folder {@code uri}; reads every byte of the four files.
   *
   * @throws Refusal if a file is missing, damaged or does not belong to the others
   */
  public static IdxImages fashionMnist(String uri, Configuration hadoop) {
    return open("fashion-mnist", uri, hadoop);
  }

  private static IdxImages open(String name, String uri, Configuration hadoop) {
    try {
      Path folder = new Path(uri);
      FileSystem files = folder.getFileSystem(hadoop);
      Path qualified = files.makeQualified(folder);
      Path trainImages = find(files, qualified, "train-images", "idx3-ubyte");
      Path trainLabels = find(files, qualified, "train-labels", "idx1-ubyte");
      Path testImages = find(files, qualified, "t10k-images", "idx3-ubyte");
      Path testLabels = find(files, qualified, "t10k-labels", "idx1-ubyte");
      return new IdxImages(
          name,
          Map.of(
              Split.TRAIN, IdxSplit.check(trainImages, trainLabels, IMAGES, hadoop),
              Split.TEST, IdxSplit.check(testImages, testLabels, IMAGES, hadoop)));
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal(
          "Cannot read " + name + " from " + uri + ": " + Reason.of(e) + "; check the path.", e);
    }
  }

  private static Path find(FileSystem files, Path folder, String what, String kind)
      throws IOException {
    List<String> names =
        List.of(
            what + "-" + kind,
            what + "-" + kind + ".gz",
            what + "." + kind,
            what + "." + kind + ".gz");
    for (String name : names) {
      Path path = new Path(folder, name);
      if (files.exists(path)) {
        return path;
      }
    }
    throw new Refusal(
        "Cannot find the "
            + what
            + " in "
            + folder
            + ": none of "
            + String.join(", ", names)
            + " exists; download all four IDX files into this folder.");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PixelImages kind() {
    return IMAGES;
  }

  @Override
  public SortedMap<String, Long> rows() {
    TreeMap<String, Long> rows = new TreeMap<>();
    splits.forEach((split, files) -> rows.put(split, (long) files.images().items()));
    return rows;
  }

  @Override
  public void read(String split, RowRange range, Configuration hadoop, RowSink sink)
      throws IOException {
    splits.get(split).read(range, hadoop, sink);
  }
}

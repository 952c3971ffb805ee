package org.espalier.tasks.classification;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.batch.SequentialReader;
import org.espalier.datasets.shards.SplitRows;
import org.espalier.engine.replica.WorkerBatches;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The images of a split in their stored order, in batches of which the last may be short. */
public final class StoredImages implements WorkerBatches {
  private final SplitRows split;
  private final int batch;
  private final int classes;
  private final InputLayout layout;
  private final PixelScale scale;

  /** Batches of {@code batch} images. */
  public StoredImages(
      SplitRows split, int batch, int classes, InputLayout layout, PixelScale scale) {
    this.split = split;
    this.batch = batch;
    this.classes = classes;
    this.layout = layout;
    this.scale = scale;
  }

  /** Number of batches that hold {@code rows} images. */
  public static int count(long rows, int batch) {
    return Math.toIntExact((rows + batch - 1) / batch);
  }

  @Override
  public boolean has(long number) {
    return number * batch < split.index().rows();
  }

  @Override
  public MultiDataSet at(long number) {
    long from = number * batch;
    long to = Math.min(from + batch, split.index().rows());
    ImageArrays arrays =
        new ImageArrays(Math.toIntExact(to - from), split.image(), classes, layout, scale);
    try {
      new SequentialReader(split, new RowRange(from, to)).read(arrays.pixels(), arrays.labels());
      return arrays.batch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

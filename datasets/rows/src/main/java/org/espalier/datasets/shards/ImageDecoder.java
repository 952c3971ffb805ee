package org.espalier.datasets.shards;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.espalier.datasets.ImageShape;

/** Copies the columns of a row group into contiguous arrays. */
final class ImageDecoder {
  private final FileMetaData file;
  private final ImageShape image;
  private final int classes;

  ImageDecoder(FileMetaData file, ImageShape image, int classes) throws IOException {
    if (!file.getSchema().equals(ImageColumns.SCHEMA)) {
      throw new IOException("its columns are not " + ImageColumns.SCHEMA.getColumns());
    }
    this.file = file;
    this.image = image;
    this.classes = classes;
  }

  ImageRows decode(PageReadStore pages) throws IOException {
    ColumnReadStoreImpl columns =
        new ColumnReadStoreImpl(pages, new Unused(), ImageColumns.SCHEMA, file.getCreatedBy());
    int rows = Math.toIntExact(pages.getRowCount());
    byte[] pixels = pixels(columns.getColumnReader(ImageColumns.column(ImageColumns.PIXELS)), rows);
    return new ImageRows(
        image,
        pixels,
        labels(columns.getColumnReader(ImageColumns.column(ImageColumns.LABEL)), rows));
  }

  private byte[] pixels(ColumnReader column, int rows) throws IOException {
    byte[] pixels = new byte[Math.multiplyExact(rows, image.bytes())];
    for (int row = 0; row < rows; row++) {
      ByteBuffer bytes = column.getBinary().toByteBuffer();
      if (bytes.remaining() != image.bytes()) {
        throw new IOException(
            "it has an image of " + bytes.remaining() + " bytes instead of " + image.bytes());
      }
      bytes.get(pixels, row * image.bytes(), image.bytes());
      column.consume();
    }
    return pixels;
  }

  private int[] labels(ColumnReader column, int rows) throws IOException {
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = column.getInteger();
      if (labels[row] < 0 || labels[row] >= classes) {
        throw new IOException(
            "it has the label " + labels[row] + " instead of 0 to " + (classes - 1));
      }
      column.consume();
    }
    return labels;
  }

  /** Parquet asks for converters even if values are taken from the columns directly. */
  private static final class Unused extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}

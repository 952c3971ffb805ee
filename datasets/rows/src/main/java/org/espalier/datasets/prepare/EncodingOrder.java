package org.espalier.datasets.prepare;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.metadata.ColumnChunkProperties;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.espalier.datasets.rows.Column;
import org.espalier.datasets.shards.ShardColumns;

/**
 * The order in which a file's footer names the encodings of a column. Parquet collects them in a
 * hash set of constants, whose order is another in every JVM, and takes the set of the first chunk
 * that it has seen of such a column for all that follow; so it is shown one whose set has an order
 * first. Otherwise the same rows would not give the same bytes.
 */
final class EncodingOrder {
  /** Those of a required column without a dictionary: of its values, and of its absent levels. */
  @SuppressWarnings("deprecation") // Parquet's own writer still takes it for levels.
  private static final List<Encoding> ENCODINGS = List.of(Encoding.PLAIN, Encoding.BIT_PACKED);

  private static final List<List<Encoding>> ORDERS =
      List.of(ENCODINGS, List.of(ENCODINGS.get(1), ENCODINGS.get(0)));

  private EncodingOrder() {}

  /** Fixes the order for the columns of a schema in this JVM. */
  static void fix(List<Column> columns) {
    for (Column column : columns) {
      ColumnDescriptor described = ShardColumns.message(column).getColumns().get(0);
      for (List<Encoding> hashed : ORDERS) {
        ColumnChunkProperties.get(
            ColumnPath.get(described.getPath()),
            described.getPrimitiveType(),
            ShardColumns.codec(column.compression()),
            new Ordered(hashed));
      }
    }
  }

  /** The encodings in their order, found by Parquet in the place of a hash set of another order. */
  private static final class Ordered extends AbstractSet<Encoding> {
    private final List<Encoding> hashed;

    Ordered(List<Encoding> hashed) {
      this.hashed = hashed;
    }

    @Override
    public Iterator<Encoding> iterator() {
      return ENCODINGS.iterator();
    }

    @Override
    public int size() {
      return ENCODINGS.size();
    }

    /** The order by which Parquet computes the hash code of a chunk's properties. */
    @Override
    public Object[] toArray() {
      return hashed.toArray();
    }
  }
}

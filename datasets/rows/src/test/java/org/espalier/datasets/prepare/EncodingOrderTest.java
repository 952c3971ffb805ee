package org.espalier.datasets.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.metadata.ColumnChunkProperties;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.espalier.datasets.rows.Column;
import org.espalier.datasets.rows.ColumnType;
import org.espalier.datasets.rows.Compression;
import org.espalier.datasets.shards.ShardColumns;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // Parquet's own writer still takes BIT_PACKED.
class EncodingOrderTest {
  @Test
  void hashSetsOfAnyOrderAreReplacedByAnOrderedOne() {
    Column column = new Column("orderOfEncodings", ColumnType.BYTES, Compression.ZSTD);
    EncodingOrder.fix(List.of(column));
    ColumnDescriptor described = ShardColumns.message(column).getColumns().get(0);
    Set<Encoding> first = new HashSet<>(List.of(Encoding.PLAIN, Encoding.BIT_PACKED));
    Set<Encoding> other = new LinkedHashSet<>(List.of(first.toArray(new Encoding[0])));
    Encoding moved = other.iterator().next();
    other.remove(moved);
    other.add(moved);
    for (Set<Encoding> hashed : List.of(first, other)) {
      assertThat(
              ColumnChunkProperties.get(
                      ColumnPath.get(described.getPath()),
                      described.getPrimitiveType(),
                      ShardColumns.codec(column.compression()),
                      hashed)
                  .getEncodings())
          .containsExactly(Encoding.PLAIN, Encoding.BIT_PACKED);
    }
  }
}

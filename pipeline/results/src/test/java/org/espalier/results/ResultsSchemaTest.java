package org.espalier.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsSchemaTest {
  private static final OperatingPoint POINT = SamplePoints.finished("magnitude", 0.9, 1, 0.98);
  private static final Map<String, String> KNOWN = ResultsSchema.metadata();

  private final Configuration hadoop = new Configuration();
  @TempDir java.nio.file.Path folder;

  @Test
  void columnsOfTheFutureArePassedOver() throws IOException {
    List<Type> columns = new ArrayList<>(ResultsSchema.SCHEMA.getFields());
    columns.add(0, Types.optional(PrimitiveTypeName.FLOAT).named("energy"));
    columns.add(Types.required(PrimitiveTypeName.INT32).named("gpus"));
    Group row = copied(columns, column -> true);
    row.append("gpus", 8);

    assertThat(ResultsFile.read(written(row, KNOWN), hadoop)).containsExactly(POINT);
  }

  @Test
  void anOptionalColumnMayBeMissing() throws IOException {
    Group row = without("masks_sha256", "leading_value", "parameters", "threshold");

    OperatingPoint read = ResultsFile.read(written(row, KNOWN), hadoop).get(0);

    assertThat(read.setting()).isEqualTo(POINT.setting());
    assertThat(read.measurement()).isEqualTo(POINT.measurement());
    assertThat(read.provenance().model().masksSha256()).isEmpty();
  }

  @Test
  void aMissingRequiredColumnIsNamed() throws IOException {
    Path file = written(without("data_hash"), KNOWN);

    assertThatThrownBy(() -> ResultsFile.read(file, hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot read the results in %s: the column data_hash is missing; write the run's results again.",
            file);
  }

  @Test
  void aColumnOfAnotherTypeIsNamed() throws IOException {
    List<Type> columns = new ArrayList<>(remaining("epochs").getFields());
    columns.add(Types.required(PrimitiveTypeName.INT64).named("epochs"));
    Group row = copied(columns, column -> !column.equals("epochs"));
    row.append("epochs", 3L);
    Path file = written(row, KNOWN);

    assertThatThrownBy(() -> ResultsFile.read(file, hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(
            "the column epochs is 'required int64 epochs' instead of 'required double epochs'");
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    Path file = written(PointWriter.row(POINT), Map.of("espalier.results.version", "3"));

    assertThatThrownBy(() -> ResultsFile.read(file, hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("they have version 3 and this Espalier knows versions 1 and 2");
  }

  @Test
  void parquetThatHoldsNoResultsIsRefused() throws IOException {
    Path file = written(PointWriter.row(POINT), Map.of());

    assertThatThrownBy(() -> ResultsFile.read(file, hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("without the key espalier.results.version, so not one of results");
  }

  @Test
  void aStatusThatContradictsTheRowIsRefused() throws IOException {
    Group row = copied(ResultsSchema.SCHEMA.getFields(), column -> !column.equals("status"));
    row.append("status", "diverged");
    Path file = written(row, KNOWN);

    assertThatThrownBy(() -> ResultsFile.read(file, hadoop))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the status 'diverged' contradicts the column diverged_at_step");
  }

  private static Group without(String... columns) {
    return copied(remaining(columns).getFields(), column -> true);
  }

  private static MessageType remaining(String... removed) {
    return new MessageType(
        "operating_point",
        ResultsSchema.SCHEMA.getFields().stream()
            .filter(column -> !List.of(removed).contains(column.getName()))
            .toList());
  }

  private static Group copied(List<Type> columns, Predicate<String> kept) {
    Group from = PointWriter.row(POINT);
    Group to = new SimpleGroup(new MessageType("operating_point", columns));
    for (Type column : columns) {
      String name = column.getName();
      if (ResultsSchema.SCHEMA.containsField(name)
          && kept.test(name)
          && from.getFieldRepetitionCount(name) > 0) {
        copy(from, to, column);
      }
    }
    return to;
  }

  private static void copy(Group from, Group to, Type column) {
    String name = column.getName();
    if (!column.isPrimitive()) {
      to.add(name, from.getGroup(name, 0));
      return;
    }
    switch (column.asPrimitiveType().getPrimitiveTypeName()) {
      case BINARY -> to.append(name, from.getString(name, 0));
      case DOUBLE -> to.append(name, from.getDouble(name, 0));
      case INT32 -> to.append(name, from.getInteger(name, 0));
      case INT64 -> to.append(name, from.getLong(name, 0));
      default -> throw new IllegalArgumentException(name);
    }
  }

  private Path written(Group row, Map<String, String> metadata) throws IOException {
    Path file = new Path(folder.resolve("results.parquet").toUri());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop))
            .withConf(hadoop)
            .withType((MessageType) row.getType())
            .withExtraMetaData(metadata)
            .build()) {
      writer.write(row);
    }
    return file;
  }
}

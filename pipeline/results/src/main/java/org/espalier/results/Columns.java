package org.espalier.results;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;

/** The columns of one Parquet record, or of a group in it, by name. */
record Columns(Group group) {

  boolean has(String column) {
    return group.getType().containsField(column) && group.getFieldRepetitionCount(column) > 0;
  }

  String text(String column) {
    return group.getString(column, 0);
  }

  long wholeNumber(String column) {
    return group.getLong(column, 0);
  }

  int smallNumber(String column) {
    return group.getInteger(column, 0);
  }

  double number(String column) {
    return group.getDouble(column, 0);
  }

  Optional<String> optionalText(String column) {
    return has(column) ? Optional.of(text(column)) : Optional.empty();
  }

  OptionalLong optionalWholeNumber(String column) {
    return has(column) ? OptionalLong.of(wholeNumber(column)) : OptionalLong.empty();
  }

  OptionalDouble optionalNumber(String column) {
    return has(column) ? OptionalDouble.of(number(column)) : OptionalDouble.empty();
  }

  /** The groups of a column that is a list of groups. */
  List<Columns> list(String column) {
    return entries(column).map(entry -> new Columns(entry.getGroup(0, 0))).toList();
  }

  /** The pairs {@code key}, {@code value} of a column that is a map. */
  List<Columns> map(String column) {
    return entries(column).map(Columns::new).toList();
  }

  private Stream<Group> entries(String column) {
    Group entries = group.getGroup(column, 0);
    return IntStream.range(0, entries.getFieldRepetitionCount(0))
        .mapToObj(i -> entries.getGroup(0, i));
  }
}

package org.espalier.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.results.SeedGroup;
import org.espalier.results.TensorSize;

/**
 * Sparsity per tensor for the points that a study's curves run through.
 *
 * @param sizes the sparsifiable tensors, as the first point has them
 * @param rows one per point that recorded the same tensors
 */
record LayerTable(List<TensorSize> sizes, List<Row> rows) {

  /** One point: the mean sparsity of each tensor over its repetitions. */
  record Row(String method, String label, List<Double> sparsity) {}

  static LayerTable of(Study study) {
    List<SeedGroup> points =
        study.curves().stream()
            .flatMap(curve -> curve.line().stream())
            .map(Curve.Point::group)
            .toList();
    List<TensorSize> sizes =
        points.stream()
            .map(LayerTable::tensors)
            .filter(tensors -> !tensors.isEmpty())
            .findFirst()
            .orElse(List.of());
    List<Row> rows = new ArrayList<>();
    for (SeedGroup point : points) {
      if (!sizes.isEmpty() && records(point, names(sizes))) {
        rows.add(
            new Row(
                point.setting().sparsification().method(),
                Labels.point(point),
                sparsity(point, sizes.size())));
      }
    }
    return new LayerTable(sizes, List.copyOf(rows));
  }

  List<String> tensors() {
    return names(sizes);
  }

  private static List<Double> sparsity(SeedGroup point, int tensors) {
    return IntStream.range(0, tensors)
        .mapToObj(
            tensor ->
                point.finished().stream()
                    .mapToDouble(run -> run.measurement().size().tensors().get(tensor).sparsity())
                    .average()
                    .orElseThrow())
        .toList();
  }

  private static boolean records(SeedGroup point, List<String> tensors) {
    return point.finished().stream()
        .allMatch(run -> names(run.measurement().size().tensors()).equals(tensors));
  }

  private static List<TensorSize> tensors(SeedGroup point) {
    return point.finished().get(0).measurement().size().tensors();
  }

  private static List<String> names(List<TensorSize> tensors) {
    return tensors.stream().map(TensorSize::name).toList();
  }
}

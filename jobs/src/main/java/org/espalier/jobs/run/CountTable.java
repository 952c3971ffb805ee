package org.espalier.jobs.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.experiment.NetworkCount;
import org.espalier.experiment.TensorCount;
import org.espalier.results.Figures;

/** A network's numbers as aligned text: a line per tensor, then their sums. */
record CountTable(NetworkCount count) {
  private static final String GAP = "   ";
  private static final int TEXTS = 2; // Columns that are aligned to the left.
  private static final List<String> TITLES =
      List.of(
          "tensor",
          "shape",
          "weights",
          "non-zeros",
          "sparsity",
          "multiply-adds",
          "dense",
          "in training",
          "dense");

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("%s on %s".formatted(count.network(), count.rows()));
    lines.addAll(table());
    lines.add(
        "%s parameters, %s of them in tensors that masks may be held for, %s of these non-zero"
            .formatted(
                Figures.count(count.parameters()),
                Figures.count(count.sparsifiable()),
                Figures.count(count.nonzeros())));
    lines.add(
        "Multiply-adds are those of one example with weights: in a forward pass, and in a step of"
            + " training.");
    lines.addAll(count.notes());
    return String.join(System.lineSeparator(), lines);
  }

  private List<String> table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(TITLES);
    for (TensorCount tensor : count.tensors()) {
      rows.add(
          cells(
              List.of(tensor.name(), tensor.shape()),
              tensor.size(),
              tensor.nonzeros(),
              List.of(
                  tensor.macs(),
                  tensor.denseMacs(),
                  tensor.trainingMacs(),
                  tensor.denseTrainingMacs())));
    }
    rows.add(
        cells(
            List.of("all", ""),
            count.sum(TensorCount::size),
            count.sum(TensorCount::nonzeros),
            List.of(
                count.sum(TensorCount::macs),
                count.sum(TensorCount::denseMacs),
                count.sum(TensorCount::trainingMacs),
                count.sum(TensorCount::denseTrainingMacs))));
    int[] widths =
        IntStream.range(0, TITLES.size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static List<String> cells(
      List<String> names, long size, long nonzeros, List<Long> products) {
    List<String> cells = new ArrayList<>(names);
    cells.add(Figures.count(size));
    cells.add(Figures.count(nonzeros));
    cells.add(Figures.sparsity(1 - (double) nonzeros / size) + " %");
    products.forEach(number -> cells.add(Figures.count(number)));
    return cells;
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(
            column ->
                ("%" + (column < TEXTS ? "-" : "") + widths[column] + "s")
                    .formatted(row.get(column)))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }
}

package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.espalier.base.Metric;
import org.espalier.base.Refusal;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Split;
import org.espalier.results.FinishedFolder;
import org.espalier.results.RunManifest;
import org.espalier.tasks.classification.LostRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationDetailsTest extends OnSmallRuns {
  private static final int TESTED = 60;
  private static final String PRUNED = "sparsity{method=magnitude,target=0.98,end=20,frequency=4}";
  private static final String VARIATIONAL =
      "epochs=1\nsparsity{method=variational-dropout,thresholds=[0,2]}";

  @TempDir private Path output;

  @Test
  void whatIsLostAgainstADenseRunIsToldByClassAndByRow() throws IOException {
    RunOutcome dense = runs.run(runs.experiment("epochs=2"), output);
    RunOutcome pruned = runs.run(runs.experiment("epochs=2\n" + PRUNED), output);
    EvaluationDetails details =
        EvaluationDetails.of(evaluation(pruned), Optional.of(evaluation(dense)));
    PointDetails point = details.points().get(0);
    PointDetails.Compared compared = point.compared().orElseThrow();

    assertThat(right(point)).isEqualTo(Math.round(accuracy(pruned) * TESTED));
    assertThat(compared.lost().size() - compared.gained())
        .isEqualTo(Math.round((accuracy(dense) - accuracy(pruned)) * TESTED))
        .isPositive();
    assertThat(
            IntStream.range(0, 10).mapToDouble(number -> point.matrix().loss(number)).sum()
                / TESTED)
        .isCloseTo(
            pruned.points().get(0).measurement().value(Metric.CROSS_ENTROPY).orElseThrow(),
            org.assertj.core.data.Offset.offset(1e-12));

    org.apache.hadoop.fs.Path folder =
        details.publish(
            new org.apache.hadoop.fs.Path(output.resolve("details").toUri()), new Configuration());
    assertThat(FinishedFolder.open(folder, new Configuration()).manifest().kind())
        .isEqualTo(RunManifest.Kind.DETAILS);
    List<Group> classes = read(folder, "classes.parquet");
    assertThat(classes).hasSize(10);
    assertThat(classes.stream().mapToLong(row -> row.getLong("rows", 0)).sum()).isEqualTo(TESTED);
    assertThat(classes.stream().mapToLong(row -> row.getLong("lost", 0)).sum())
        .isEqualTo(compared.lost().size());
    assertThat(classes.get(3).getString("name", 0)).isEqualTo("3");
    assertThat(classes.get(3).getDouble("accuracy", 0))
        .isEqualTo((double) point.matrix().right(3) / point.matrix().rows(3));
    assertThat(
            read(folder, "confusion.parquet").stream()
                .filter(row -> row.getInteger("class", 0) == row.getInteger("predicted", 0))
                .mapToLong(row -> row.getLong("rows", 0))
                .sum())
        .isEqualTo(right(point));
    requireRows(read(folder, "lost.parquet"), compared.lost());
  }

  /** The label of every lost row is that of the row of this number in the dataset. */
  private static void requireRows(List<Group> stored, List<LostRow> lost) throws IOException {
    List<Integer> labels = new ArrayList<>();
    SmallRuns.DIGITS.read(
        Split.TEST,
        new RowRange(0, TESTED),
        new Configuration(),
        row -> labels.add((Integer) row.values().get(1)));
    assertThat(stored).hasSameSizeAs(lost);
    for (int i = 0; i < stored.size(); i++) {
      Group row = stored.get(i);
      assertThat(row.getLong("row", 0)).isEqualTo(lost.get(i).row());
      assertThat(row.getString("file", 0)).isEqualTo("test/part-00000.parquet");
      assertThat(row.getLong("row_in_file", 0)).isEqualTo(lost.get(i).row());
      assertThat(row.getInteger("class", 0)).isEqualTo(labels.get((int) lost.get(i).row()));
      assertThat(row.getInteger("against_predicted", 0)).isEqualTo(row.getInteger("class", 0));
      assertThat(row.getInteger("predicted", 0)).isNotEqualTo(row.getInteger("class", 0));
    }
  }

  @Test
  void everyThresholdHasRowsOfItsOwnAndCannotBeComparedWith() throws IOException {
    RunOutcome outcome = runs.run(runs.experiment(VARIATIONAL), output);
    EvaluationDetails details = EvaluationDetails.of(evaluation(outcome), Optional.empty());
    org.apache.hadoop.fs.Path folder =
        details.publish(
            new org.apache.hadoop.fs.Path(output.resolve("details").toUri()), new Configuration());
    assertThat(read(folder, "classes.parquet"))
        .hasSize(20)
        .extracting(row -> row.getDouble("threshold", 0))
        .startsWith(0.0)
        .endsWith(2.0);
    assertThat(output.resolve("details/lost.parquet")).doesNotExist();
    assertThatThrownBy(
            () -> EvaluationDetails.of(evaluation(outcome), Optional.of(evaluation(outcome))))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot compare with %s: it has 2 operating points; name a run with one, such as a dense one.",
            outcome.points().get(0).run().name());
  }

  private static StoredEvaluation evaluation(RunOutcome outcome) {
    StoredRun run =
        StoredRun.in(new org.apache.hadoop.fs.Path(outcome.folder()), new Configuration());
    Experiment experiment = run.experiment(Optional.empty(), Optional.empty());
    return new StoredEvaluation(runs.spark(), run, experiment, experiment.dataset());
  }

  private static double accuracy(RunOutcome outcome) {
    return outcome.points().get(0).measurement().score().orElseThrow();
  }

  private static long right(PointDetails point) {
    return IntStream.range(0, 10).mapToLong(point.matrix()::right).sum();
  }

  private static List<Group> read(org.apache.hadoop.fs.Path folder, String name)
      throws IOException {
    List<Group> rows = new ArrayList<>();
    try (ParquetReader<Group> file =
        ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(folder, name))
            .build()) {
      for (Group row = file.read(); row != null; row = file.read()) {
        rows.add(row);
      }
    }
    return rows;
  }
}

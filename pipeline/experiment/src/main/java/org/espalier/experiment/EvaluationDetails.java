package org.espalier.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.LabelledImages;
import org.espalier.results.RunHistory;
import org.espalier.results.RunManifest;
import org.espalier.storage.Publication;
import org.espalier.tasks.Predictions;
import org.espalier.tasks.classification.ConfusionMatrix;
import org.espalier.tasks.classification.LostRow;

/**
 * What a finished run's network makes of single classes and rows of a test split, and what it loses
 * against another run's.
 *
 * @param run whose network it is
 * @param images of the test split
 * @param data whose test split it is
 * @param points one per operating point
 */
public record EvaluationDetails(
    RunHistory run, LabelledImages images, Dataset data, List<PointDetails> points) {

  /**
   * The details of an evaluation.
   *
   * @param against the evaluation, on the same data, of the network that it is compared with
   * @throws Refusal if rows of the task have no class, or the other run has several operating
   *     points
   */
  public static EvaluationDetails of(
      StoredEvaluation evaluation, Optional<StoredEvaluation> against) {
    Dataset data = evaluation.data();
    List<PointPredictions> own = evaluation.predictions();
    LabelledImages images = images(evaluation);
    Optional<List<Predictions>> other = against.map(EvaluationDetails::onlyPoint);
    List<PointDetails> points = new ArrayList<>();
    for (PointPredictions point : own) {
      points.add(
          new PointDetails(
              point.threshold(),
              new ConfusionMatrix(images.classes(), point.batches()),
              other.map(before -> compared(images.classes(), before, point.batches()))));
    }
    return new EvaluationDetails(evaluation.run().history(), images, data, List.copyOf(points));
  }

  private static LabelledImages images(StoredEvaluation evaluation) {
    Experiment experiment = evaluation.experiment();
    if (experiment.rows(evaluation.data()) instanceof LabelledImages images) {
      return images;
    }
    throw new Refusal(
        "Cannot tell what %s makes of single rows: they are no images; evaluate it without --details and --against."
            .formatted(experiment.network().name()));
  }

  private static List<Predictions> onlyPoint(StoredEvaluation against) {
    List<PointPredictions> points = against.predictions();
    if (points.size() != 1) {
      throw new Refusal(
          "Cannot compare with %s: it has %d operating points; name a run with one, such as a dense one."
              .formatted(against.run().history().name(), points.size()));
    }
    return points.get(0).batches();
  }

  private static PointDetails.Compared compared(
      int classes, List<Predictions> before, List<Predictions> after) {
    return new PointDetails.Compared(
        new ConfusionMatrix(classes, before),
        LostRow.between(before, after),
        LostRow.between(after, before).size());
  }

  /** The name of a class, or its number where it has none. */
  public String className(int number) {
    return images.names().isEmpty() ? String.valueOf(number) : images.names().get(number);
  }

  /**
   * Publishes a folder with {@code classes.parquet}, {@code confusion.parquet} and, where networks
   * are compared, {@code lost.parquet}.
   *
   * @return the folder's full path
   * @throws Refusal if the folder exists or cannot be written
   */
  public Path publish(Path folder, Configuration hadoop) throws IOException {
    try (Publication publication = Publication.begin(folder, hadoop)) {
      Path target = publication.folder();
      DetailsFiles files = new DetailsFiles(this, target, hadoop);
      files.writeClasses();
      files.writeConfusion();
      if (points.stream().anyMatch(point -> point.compared().isPresent())) {
        files.writeLost();
      }
      publication.commit(new RunFolder(target, hadoop).manifest(RunManifest.Kind.DETAILS, run));
      return target;
    }
  }
}

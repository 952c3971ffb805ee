package org.espalier.tasks;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Recipe;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.replica.Judge;
import org.espalier.engine.replica.Observer;

/**
 * A task that networks are trained for: which rows it takes, how they become batches, how a trained
 * network is judged. Every {@link NetworkModel} names its task; another task is a package with an
 * implementation, which has no state.
 */
public interface Task {
  /** Rows of a batch in evaluation, where a task does not say otherwise. */
  int EVALUATION_BATCH = 250;

  /** The settings of how rows become batches. */
  default Keys keys() {
    return Keys.none();
  }

  /**
   * The kind of a dataset's rows, seen as the settings say.
   *
   * @param settings with the values of {@link #keys}
   * @throws org.espalier.base.Refusal if the task does not take such rows
   */
  RowKind rows(Dataset data, Settings settings);

  /**
   * Defaults that the data brings, such as the mean of its images: they hold where the
   * configuration is silent, whatever the network's recipe says.
   */
  default Recipe recipe(Dataset data) {
    return Recipe.none();
  }

  /**
   * Checks, before anything starts, that such rows can become batches as the settings say.
   *
   * @param rows as {@link #rows} gives them
   * @throws org.espalier.base.Refusal if they cannot
   */
  default void check(RowKind rows, Settings settings) {}

  /**
   * Rows of one worker's batch, where the settings count batches in something else than rows, such
   * as tokens; where they do not, {@link TrainingKeys#BATCH} says it.
   *
   * @param rows as {@link #rows} gives them
   * @throws org.espalier.base.Refusal if no number of rows is what the settings ask for
   */
  default OptionalInt rowsPerWorker(RowKind rows, Settings settings) {
    return OptionalInt.empty();
  }

  /**
   * A batch in words, for a run's plan.
   *
   * @param rows as {@link #rows} gives them
   * @param workers number of workers W
   * @param each rows of one worker's batch
   */
  default String batch(RowKind rows, int workers, int each) {
    return "%d workers x %d examples".formatted(workers, each);
  }

  /**
   * Rows of a batch in evaluation, whose metrics depend on it in the last bits alone.
   *
   * @param rows as {@link #rows} gives them
   */
  default int evaluationBatch(RowKind rows) {
    return EVALUATION_BATCH;
  }

  /**
   * Files of a dataset that every run on it keeps, since its network is of no use without them:
   * their contents by the names that they have in the run's folder.
   *
   * @throws org.espalier.base.Refusal if one is missing or not the dataset's
   */
  default SortedMap<String, byte[]> kept(Dataset data, Configuration hadoop) {
    return new TreeMap<>();
  }

  /** Sums over the training split that the decoder needs, computed once per run. */
  default Optional<RowSums> sums(Settings settings) {
    return Optional.empty();
  }

  /**
   * The decoder of rows into batches, for evaluation, and for training too unless {@link
   * #trainingDecoder} is another.
   *
   * @param rows as {@link #rows} gives them
   * @param settings with the values of {@link #keys}
   * @param sums over the training split, where {@link #sums} asks for some
   * @param batch the most rows of a batch, at least 1
   */
  MinibatchDecoder<?> decoder(RowKind rows, Settings settings, Optional<SplitSums> sums, int batch);

  /**
   * The decoder of rows into batches for training, which may draw something for every row, such as
   * a crop, as a function of (seed, epoch, row) alone.
   *
   * @param seed of the run
   */
  default MinibatchDecoder<?> trainingDecoder(
      RowKind rows, Settings settings, Optional<SplitSums> sums, int batch, long seed) {
    return decoder(rows, settings, sums, batch);
  }

  /** The way in which trained networks are judged. */
  Judge judge();

  /**
   * The way in which predictions of single rows are read from a network's output, for a task in
   * which every row has one class.
   */
  default Optional<Observer<Predictions>> predictions() {
    return Optional.empty();
  }
}

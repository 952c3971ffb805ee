package org.espalier.tasks;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Recipe;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.Variant;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.decoding.TokenScorer;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.weights.WeightForm;

/**
 * A network that a configuration can name, such as {@code lenet-300-100}, with its recipe.
 *
 * <p>Found by a line with its class in {@code META-INF/services/org.espalier.tasks.NetworkModel},
 * in this project or in any jar on the class path. A public class with a public constructor without
 * parameters.
 */
public interface NetworkModel extends Variant {
  /**
   * The network's own defaults, such as its learning rate and its number of epochs; they hold where
   * a configuration is silent. A network without any is trained by the defaults of the keys.
   */
  default Recipe recipe() {
    return Recipe.none();
  }

  /**
   * This network with what the configuration says of its own {@link #keys}.
   *
   * @throws org.espalier.base.Refusal if such a network cannot be built
   */
  default NetworkModel with(Settings settings) {
    return this;
  }

  /** The task that it is trained for. */
  Task task();

  /** The settings of its task, unless it has more of its own. */
  @Override
  default Keys keys() {
    return task().keys();
  }

  /**
   * The network's graph.
   *
   * @param rows what the task trains on
   * @param optimiser applied to every parameter
   * @param weights what the weights of sparsifiable layers are
   * @param seed fixes the initial weights
   */
  ComputationGraphConfiguration graph(
      RowKind rows, Optimiser optimiser, WeightForm weights, long seed);

  /** The way in which it scores next tokens, for networks that write sentences. */
  default Optional<TokenScorer> scorer() {
    return Optional.empty();
  }

  /**
   * The rows of the dataset that the network was published with, by which it is counted where no
   * dataset is named; none if there is no such dataset.
   */
  default Optional<RowKind> publishedRows() {
    return Optional.empty();
  }

  /**
   * The shapes of what the graph's inputs take of one example, in their order, from which is worked
   * out what memory a step takes; none where that is not known.
   *
   * @param rows what the task trains on
   */
  default List<InputType> inputs(RowKind rows) {
    return List.of();
  }
}

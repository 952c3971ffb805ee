package org.espalier.experiment;

import java.util.List;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.layer.PenaltySchedule;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.stochastic.StochasticMethods;
import org.espalier.sparsity.Distributions;
import org.espalier.sparsity.EndRule;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.MaskingMethods;
import org.espalier.sparsity.SparsitySchedules;

/** All keys of an experiment, in the order in which people read them. */
public final class ExperimentKeys {
  /** What a key that names a file is set to where there is none. */
  static final String NOTHING = "none";

  static final Key<String> DATA =
      Key.required(
          "data", ValueKind.text(), "prepared dataset: URI of the folder with manifest.json");
  static final Key<String> NETWORK =
      Key.of("network", ValueKind.text(), "lenet-300-100", "network to train");
  static final Key<Long> SEED =
      Key.of("seed", ValueKind.wholeNumber(0), "1", "seed of weights, order and noise");
  static final Key<Integer> WORKERS =
      Key.of(
          "workers", ValueKind.smallNumber(1), "8", "logical workers W; the result depends on it");
  static final Key<Integer> BATCH =
      Key.of("batch", ValueKind.smallNumber(1), "256", "examples per step over all workers");
  static final Key<Integer> EPOCHS =
      Key.of("epochs", ValueKind.smallNumber(1), "20", "passes over the training split");
  static final Key<Integer> SHUFFLE_WINDOW =
      Key.of(
          "shuffleWindow",
          ValueKind.smallNumber(1),
          "8192",
          "examples per worker that are shuffled among each other, beside the shuffle of row groups");
  static final Key<Integer> SLICES =
      Key.of(
          "slices",
          ValueKind.smallNumber(1, Slices.MOST),
          String.valueOf(Slices.DEFAULT.count()),
          "slices into which a worker cuts a step's sums; decides bits");
  static final Key<Integer> DIVISOR =
      Key.of("input.divisor", ValueKind.smallNumber(1), "255", "what pixels are divided by");
  static final Key<Centre> CENTRE =
      Key.of(
          "input.centre",
          ValueKind.choice(List.of(Centre.values())),
          "none",
          "what is subtracted from every image: none, or meanImage of the training split");
  static final Key<String> START =
      Key.of(
          "start",
          ValueKind.text(),
          NOTHING,
          "folder of a run or an export whose weights training starts from, or none");
  static final Key<Optimiser.Rule> RULE =
      Key.of(
          "optimiser.rule",
          ValueKind.choice(List.of(Optimiser.Rule.values())),
          "adam",
          "how a gradient becomes a step: adam, nesterov or sgd");
  static final Key<Double> LEARNING_RATE =
      Key.of(
          "optimiser.learningRate",
          ValueKind.number("above 0", x -> x > 0 && x < 1e6),
          "0.001",
          "learning rate before any decay");
  static final Key<Double> DECAY_FROM =
      Key.of(
          "optimiser.decayFrom",
          ValueKind.number("from 0 to 1", x -> x >= 0 && x <= 1),
          "1",
          "fraction of the steps after which the learning rate falls linearly to 0");
  static final Key<Long> DECAY_STAIR =
      Key.of(
          "optimiser.decayStair",
          ValueKind.wholeNumber(1),
          "1",
          "steps for which a falling learning rate stays the same");
  static final Key<Double> MOMENTUM =
      Key.of(
          "optimiser.momentum",
          ValueKind.number("of at least 0 and below 1", x -> x >= 0 && x < 1),
          "0.9",
          "Nesterov momentum");
  static final Key<Double> WEIGHT_DECAY =
      Key.of(
          "optimiser.weightDecay",
          ValueKind.number("of at least 0", x -> x >= 0 && x < 1e6),
          "0",
          "L2 factor on raw weights, masked ones included");
  static final Key<Integer> FREQUENCY =
      Key.of(
          "averaging.frequency",
          ValueKind.smallNumber(1),
          "10",
          "steps between two averagings; 1 is synchronous SGD");
  static final Key<String> METHOD =
      Key.of(
          "sparsity.method",
          ValueKind.text(),
          "dense",
          "how weights are removed: "
              + String.join(", ", MaskingMethods.names())
              + ", "
              + String.join(", ", StochasticMethods.names()));
  static final Key<Double> TARGET =
      Key.of(
          "sparsity.target",
          ValueKind.number("of at least 0 and below 1", x -> x >= 0 && x < 1),
          "0",
          "fraction of weights that are zero at the end");
  static final Key<String> SCHEDULE =
      Key.of(
          "sparsity.schedule",
          ValueKind.text(),
          "cubic",
          "how sparsity grows: " + String.join(", ", SparsitySchedules.names()));
  static final Key<String> DISTRIBUTION =
      Key.of(
          "sparsity.distribution",
          ValueKind.text(),
          "uniform",
          "how sparsity is shared out: " + String.join(", ", Distributions.names()));
  static final Key<Long> BEGIN =
      Key.of("sparsity.begin", ValueKind.wholeNumber(0), "0", "step at which pruning begins");
  static final Key<Long> END =
      Key.of(
          "sparsity.end",
          ValueKind.wholeNumber(0),
          "0",
          "step at which the target is reached, at most the last step");
  static final Key<Long> UPDATE_FREQUENCY =
      Key.of(
          "sparsity.frequency", ValueKind.wholeNumber(1), "100", "steps between two mask updates");
  static final Key<EndRule> END_RULE =
      Key.of(
          "sparsity.endRule",
          ValueKind.choice(List.of(EndRule.values())),
          "lastMultiple",
          "lastMultiple (as in the paper) or clampToEnd: whether the last mask update may fall on the end itself");
  static final Key<MaskedGradient> MASKED_GRADIENT =
      Key.of(
          "sparsity.maskedGradient",
          ValueKind.choice(List.of(MaskedGradient.values())),
          "none",
          "whether masked weights get a loss gradient: none or dense");

  static final Key<String> MASKS =
      Key.of(
          "sparsity.masks",
          ValueKind.text(),
          NOTHING,
          "masks of the method fixed: a mask file, or the folder of a run or an export, or none");
  static final Key<PenaltySchedule.Kind> PENALTY_RAMP =
      Key.of(
          "sparsity.penalty.ramp",
          ValueKind.choice(List.of(PenaltySchedule.Kind.values())),
          "constant",
          "how the weight of the KL divergence or of the L0 norm grows: constant, linear or cubic");
  static final Key<Double> PENALTY_WEIGHT =
      Key.of(
          "sparsity.penalty.weight",
          ValueKind.number("of at least 0", x -> x >= 0 && x < 1e9),
          "1",
          "that weight in the end, in units of one over the number of training examples");
  static final Key<Long> PENALTY_BEGIN =
      Key.of(
          "sparsity.penalty.begin", ValueKind.wholeNumber(0), "0", "step at which its ramp begins");
  static final Key<Long> PENALTY_END =
      Key.of("sparsity.penalty.end", ValueKind.wholeNumber(0), "0", "step at which its ramp ends");
  static final Key<Long> PENALTY_STAIR =
      Key.of(
          "sparsity.penalty.stair",
          ValueKind.wholeNumber(1),
          "1",
          "steps for which it stays the same");
  static final Key<List<Double>> THRESHOLDS =
      Key.of(
          "sparsity.thresholds",
          ValueKind.numbers(Double::isFinite),
          "0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5",
          "limits of log alpha that variational dropout is evaluated at, a row of results each");
  static final Key<Double> LOG_SIGMA2 =
      Key.of(
          "sparsity.initialLogSigma2",
          ValueKind.number("from -50 to 10", x -> x >= -50 && x <= 10),
          "-10",
          "log sigma^2 of variational dropout at first");
  static final Key<Double> TRAIN_THRESHOLD =
      Key.of(
          "sparsity.trainThreshold",
          ValueKind.number("or Infinity", x -> x > Double.NEGATIVE_INFINITY),
          "Infinity",
          "log alpha from which on a weight adds noise but no mean in training: 3 in Molchanov's scripts, Infinity in the paper's code");
  static final Key<Double> LOG_ALPHA =
      Key.of(
          "sparsity.initialLogAlpha",
          ValueKind.number("from -20 to 20", x -> x >= -20 && x <= 20),
          "2.197",
          "mean of l0's log alpha at first");

  /** Path under which per-tensor targets stand: {@code sparsity.tensors."fc3/W" = 0.8}. */
  static final String TENSOR_TARGETS = "sparsity.tensors";

  private static final List<Key<?>> ALL =
      List.of(
          DATA,
          NETWORK,
          SEED,
          WORKERS,
          BATCH,
          EPOCHS,
          SHUFFLE_WINDOW,
          SLICES,
          DIVISOR,
          CENTRE,
          START,
          RULE,
          LEARNING_RATE,
          DECAY_FROM,
          DECAY_STAIR,
          MOMENTUM,
          WEIGHT_DECAY,
          FREQUENCY,
          METHOD,
          TARGET,
          SCHEDULE,
          DISTRIBUTION,
          BEGIN,
          END,
          UPDATE_FREQUENCY,
          END_RULE,
          MASKED_GRADIENT,
          MASKS,
          PENALTY_RAMP,
          PENALTY_WEIGHT,
          PENALTY_BEGIN,
          PENALTY_END,
          PENALTY_STAIR,
          THRESHOLDS,
          LOG_SIGMA2,
          TRAIN_THRESHOLD,
          LOG_ALPHA);

  private ExperimentKeys() {}

  /** Every key, in reading order. */
  public static List<Key<?>> all() {
    return ALL;
  }
}

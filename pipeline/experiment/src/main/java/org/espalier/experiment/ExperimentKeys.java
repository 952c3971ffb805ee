package org.espalier.experiment;

import java.util.List;
import org.espalier.base.settings.Choice;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.KeyGroup;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.ValueKind;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.sparse.MaskedProducts;
import org.espalier.engine.optimiser.OptimiserKeys;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.NetworkModels;
import org.espalier.tasks.TrainingKeys;

/**
 * The keys that an experiment reads itself, and all keys, in the order in which people read them.
 */
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
  static final Key<MaskedProducts> PRODUCTS =
      Key.of(
          "products",
          ValueKind.choice(List.of(MaskedProducts.values())),
          "auto",
          "whether products leave masked weights out: auto where that is faster, sparse always, dense never; decides bits");
  static final Key<String> START =
      Key.of(
          "start",
          ValueKind.text(),
          NOTHING,
          "folder of a run or an export whose weights training starts from, or none");
  static final Key<String> METHOD =
      Key.of("sparsity.method", ValueKind.text(), "dense", "how weights are removed");

  private static final Keys RUN =
      Keys.of(
          DATA,
          SEED,
          WORKERS,
          TrainingKeys.BATCH,
          TrainingKeys.EPOCHS,
          TrainingKeys.STEPS,
          SHUFFLE_WINDOW,
          SLICES,
          PRODUCTS,
          START);

  private ExperimentKeys() {}

  /**
   * Every key, by what it is about.
   *
   * @throws org.espalier.base.Refusal if two keys of the class path, or two methods or networks,
   *     have the same name
   */
  public static List<KeyGroup> groups() {
    return List.of(
        new KeyGroup("Run", RUN),
        group("Averaging", AveragingKeys.choice()),
        group("Network", networks()),
        new KeyGroup("Optimiser", OptimiserKeys.all()),
        group("Sparsity", SparsityMethods.choice()));
  }

  /**
   * Every key, in reading order.
   *
   * @throws org.espalier.base.Refusal as {@link #groups}
   */
  public static Keys all() {
    Keys all = Keys.none();
    for (KeyGroup group : groups()) {
      all = all.and(group.keys());
    }
    return all;
  }

  static Choice<NetworkModel> networks() {
    return new Choice<>(NETWORK, NetworkModels.all());
  }

  private static KeyGroup group(String title, Choice<?> choice) {
    return new KeyGroup(
        "%s: %s".formatted(title, String.join(", ", choice.names())), choice.keys());
  }
}

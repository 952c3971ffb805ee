package org.espalier.results;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a run was asked to do. Two runs whose settings differ in nothing but the seed are
 * repetitions of one experiment and may be averaged, see {@link #withoutSeed()}.
 *
 * @param network the network's name, such as {@code lenet-300-100}
 * @param dataset the dataset's name, such as {@code mnist}
 * @param sparsification how weights were removed, and how many were to be
 * @param training how long, by how many workers, from which seed
 * @param notes any further knobs that tell runs apart, such as {@code pruning.begin}, ordered by
 *     name; a knob that varies within a sweep and is missing here makes different experiments look
 *     like repetitions
 */
public record Setting(
    String network,
    String dataset,
    Sparsification sparsification,
    Training training,
    Map<String, String> notes) {

  public Setting {
    Require.text(network, "network");
    Require.text(dataset, "dataset");
    Objects.requireNonNull(sparsification, "sparsification");
    Objects.requireNonNull(training, "training");
    notes = Collections.unmodifiableMap(new TreeMap<>(notes));
  }

  /** What all repetitions of this experiment have in common: this setting with seed 0. */
  public Setting withoutSeed() {
    return new Setting(network, dataset, sparsification, training.withSeed(0), notes);
  }
}

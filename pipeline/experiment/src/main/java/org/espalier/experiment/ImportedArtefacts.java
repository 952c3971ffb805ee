package org.espalier.experiment;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Settings;
import org.espalier.sparsity.FixedMasks;
import org.espalier.sparsity.MaskSet;

/**
 * What an experiment takes from an earlier one.
 *
 * @param masks to train under from the first step to the last
 * @param start the network to begin with
 */
record ImportedArtefacts(Optional<MaskSet> masks, Optional<InitialNetwork> start) {

  /**
   * Reads what the configuration names.
   *
   * @throws org.espalier.base.Refusal if a file is missing or damaged, or holds no masks to train
   *     under
   */
  static ImportedArtefacts of(Settings settings, Configuration hadoop) {
    return new ImportedArtefacts(
        masks(settings, hadoop),
        named(settings, ExperimentKeys.START).map(place -> InitialNetwork.in(place, hadoop)));
  }

  /**
   * The masks that the configuration names.
   *
   * @throws org.espalier.base.Refusal if there are none in that place, or they are damaged
   */
  static Optional<MaskSet> masks(Settings settings, Configuration hadoop) {
    return named(settings, FixedMasks.KEY).map(place -> StoredMasks.in(place, hadoop));
  }

  private static Optional<Path> named(Settings settings, Key<String> key) {
    return Optional.of(settings.value(key))
        .filter(name -> !name.equals(ExperimentKeys.NOTHING))
        .map(Path::new);
  }

  /** By the keys that name the files, what is in them. */
  Map<String, String> hashes() {
    Map<String, String> hashes = new TreeMap<>();
    masks.ifPresent(given -> hashes.put(FixedMasks.KEY.path(), given.sha256()));
    start.ifPresent(given -> hashes.put(ExperimentKeys.START.path(), given.hash()));
    return hashes;
  }
}

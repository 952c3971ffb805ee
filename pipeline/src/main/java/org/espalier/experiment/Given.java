package org.espalier.experiment;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.sparsity.MaskFile;
import org.espalier.sparsity.MaskSet;
import org.espalier.training.FlatVector;

/**
 * What an experiment takes from an earlier one.
 *
 * @param masks to train under from the first step to the last
 * @param parameters to start from
 */
record Given(Optional<MaskSet> masks, Optional<FlatVector> parameters) {

  /**
   * Reads what the configuration names.
   *
   * @throws Refusal if a file is missing or damaged
   */
  static Given of(Settings settings, Configuration hadoop) {
    return new Given(
        named(settings, ExperimentKeys.MASKS)
            .map(place -> new Path(place))
            .map(place -> MaskFile.decode(read(place, RunFiles.MASKS, hadoop), place.toString())),
        named(settings, ExperimentKeys.START)
            .map(place -> new Path(place))
            .map(place -> FlatVector.wrap(read(place, RunFiles.PARAMETERS, hadoop))));
  }

  private static Optional<String> named(Settings settings, Key<String> key) {
    return Optional.of(settings.value(key)).filter(name -> !name.equals(ExperimentKeys.NOTHING));
  }

  /** By the keys that name the files, what is in them. */
  Map<String, String> hashes() {
    Map<String, String> hashes = new TreeMap<>();
    masks.ifPresent(given -> hashes.put(ExperimentKeys.MASKS.path(), given.sha256()));
    parameters.ifPresent(
        given -> hashes.put(ExperimentKeys.START.path(), given.headSha256(given.length())));
    return hashes;
  }

  /** The file itself, or the file of that name in the folder. */
  private static byte[] read(Path place, String name, Configuration hadoop) {
    try {
      FileSystem files = place.getFileSystem(hadoop);
      Path file = files.getFileStatus(place).isDirectory() ? new Path(place, name) : place;
      byte[] bytes = new byte[Math.toIntExact(files.getFileStatus(file).getLen())];
      try (FSDataInputStream in = files.open(file)) {
        in.readFully(bytes);
      }
      return bytes;
    } catch (FileNotFoundException e) {
      throw new Refusal(
          "Cannot start from %s: there is no %s; name the folder of a finished run or of an export."
              .formatted(place, name),
          e);
    } catch (IOException e) {
      throw new Refusal(
          "Cannot start from %s: %s; name a folder that this user may read."
              .formatted(place, Reason.of(e)),
          e);
    }
  }
}

package org.espalier.experiment;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.engine.stochastic.StochasticMethodProvider;
import org.espalier.engine.stochastic.StochasticMethods;
import org.espalier.engine.stochastic.VariationalDropout;
import org.espalier.results.FinishedFolder;
import org.espalier.results.RunManifest;
import org.espalier.sparsity.MaskFile;
import org.espalier.sparsity.MaskSet;

/** The masks that {@code sparsity.masks} names: those of a run, of an export, or of a file. */
final class StoredMasks {
  private StoredMasks() {}

  /**
   * The masks in {@code place}.
   *
   * @param place the folder of a run or an export, or a mask file, which carries a checksum itself
   * @throws Refusal if they are missing or damaged, or keep every weight
   */
  static MaskSet in(Path place, Configuration hadoop) {
    MaskSet masks = MaskFile.decode(bytes(place, hadoop), place.toString());
    if (masks.sparsity() == 0) {
      throw new Refusal(
          "Cannot train with fixed masks of %s: they keep every weight; name others, or choose sparsity.method = dense."
              .formatted(place));
    }
    return masks;
  }

  private static byte[] bytes(Path place, Configuration hadoop) {
    try {
      FileSystem files = place.getFileSystem(hadoop);
      if (files.getFileStatus(place).isDirectory()) {
        FinishedFolder folder = FinishedFolder.open(place, hadoop);
        requireHeld(folder);
        return folder.bytes(RunFiles.MASKS);
      }
      Optional<FinishedFolder> around =
          FinishedFolder.find(place.getParent(), hadoop)
              .filter(folder -> folder.manifest().files().containsKey(place.getName()));
      if (around.isPresent()) {
        requireHeld(around.get());
        return around.get().bytes(place.getName());
      }
      try (FSDataInputStream in = files.open(place)) {
        return in.readAllBytes();
      }
    } catch (FileNotFoundException e) {
      throw new Refusal(
          "Cannot read masks from %s: it is not there; name a mask file, or the folder of a finished run or of an export."
              .formatted(place),
          e);
    } catch (IOException e) {
      throw new Refusal(
          "Cannot read masks from %s: %s; make it readable for this user or try again."
              .formatted(place, Reason.of(e)),
          e);
    }
  }

  /** A network whose weights are drawn holds no masks, and says so by keeping every weight. */
  private static void requireHeld(FinishedFolder folder) {
    RunManifest manifest = folder.manifest();
    String method =
        manifest.run().configuration().getOrDefault(ExperimentKeys.METHOD.path(), "dense");
    if (manifest.kind() == RunManifest.Kind.RUN) {
      StochasticMethods.all().stream()
          .filter(provider -> provider.name().equals(method))
          .findFirst()
          .ifPresent(
              provider -> {
                throw notHeld(folder, provider);
              });
    }
  }

  private static Refusal notHeld(FinishedFolder folder, StochasticMethodProvider method) {
    return new Refusal(
        "Cannot train with fixed masks of %s: it is a run of %s, which has masks only once it is exported; export it with ./espalier export --run %s %s--output FOLDER, and name that folder."
            .formatted(
                folder.path(),
                method.name(),
                folder.path(),
                method.keys().contains(VariationalDropout.THRESHOLDS) ? "--threshold T " : ""));
  }
}

package org.espalier.experiment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.averaging.TrainingState;
import org.espalier.results.OperatingPoint;
import org.espalier.results.ResultsFile;
import org.espalier.results.RunHistory;
import org.espalier.results.RunManifest;
import org.espalier.results.TranslationsFile;
import org.espalier.sparsity.MaskFile;
import org.espalier.sparsity.MaskSet;

/** Writes the files of a run or of an export into a folder that is being published. */
final class RunFolder {
  private final Path folder;
  private final Configuration hadoop;
  private final FileSystem files;

  RunFolder(Path folder, Configuration hadoop) throws IOException {
    this.folder = folder;
    this.hadoop = hadoop;
    this.files = folder.getFileSystem(hadoop);
  }

  void writeRounds(List<RoundRow> rounds) throws IOException {
    RoundsFile.write(new Path(folder, RunFiles.ROUNDS), rounds, hadoop);
  }

  /** The manifest of a run, of what was written so far. */
  byte[] manifest(RunLog run) throws IOException {
    return bytes(manifestOf(RunManifest.Kind.RUN, run.history()).leavingOut(run.leftOut()));
  }

  /** The manifest of another folder, of what was written so far. */
  byte[] manifest(RunManifest.Kind kind, RunHistory run) throws IOException {
    return bytes(manifestOf(kind, run));
  }

  private RunManifest manifestOf(RunManifest.Kind kind, RunHistory run) throws IOException {
    return RunManifest.of(kind, run, CodeVersion.current(), folder, hadoop);
  }

  private static byte[] bytes(RunManifest manifest) {
    return manifest.json().getBytes(StandardCharsets.UTF_8);
  }

  void writeModel(BuiltNetwork network, TrainingState trained) throws IOException {
    ByteBuffer parameters = trained.vector().headBytes(network.parameters());
    writeModel(network.recipe().configuration(), parameters, trained.masks());
    if (network.drawn().isPresent()) {
      String plain = network.drawn().get().plain().configuration();
      write(RunFiles.PLAIN_NETWORK, plain.getBytes(StandardCharsets.UTF_8));
    }
  }

  void writeModel(String network, ByteBuffer parameters, MaskSet masks) throws IOException {
    write(RunFiles.NETWORK, network.getBytes(StandardCharsets.UTF_8));
    byte[] bytes = new byte[parameters.remaining()];
    parameters.get(bytes);
    write(RunFiles.PARAMETERS, bytes);
    write(RunFiles.MASKS, MaskFile.encode(masks));
  }

  void writeKept(Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      write(file.getKey(), file.getValue());
    }
  }

  void writeTranslations(List<PointTranslations> points) throws IOException {
    if (!points.isEmpty()) {
      TranslationsFile.write(
          folder, points.stream().flatMap(point -> point.sentences().stream()).toList(), hadoop);
    }
  }

  void writeResults(Experiment experiment, List<OperatingPoint> points) throws IOException {
    write(RunFiles.CONFIGURATION, experiment.configuration().getBytes(StandardCharsets.UTF_8));
    writeResults(points);
  }

  void writeResults(List<OperatingPoint> points) {
    ResultsFile.write(new Path(folder, ResultsFile.NAME), points, hadoop);
  }

  private void write(String name, byte[] bytes) throws IOException {
    try (FSDataOutputStream out = files.create(new Path(folder, name), false)) {
      out.write(bytes);
    }
  }
}

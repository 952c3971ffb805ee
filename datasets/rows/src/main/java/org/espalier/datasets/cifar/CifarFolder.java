package org.espalier.datasets.cifar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;

/**
 * A folder with files of CIFAR-10, found by their names: a batch is {@code NAME.bin}, or {@code
 * NAME.firstN.bin} with its first N records alone, each with or without {@code .gz}.
 */
final class CifarFolder {
  private static final int RECORDS = 10_000;
  private static final String TEST = "test_batch";
  private static final List<String> TRAIN =
      IntStream.rangeClosed(1, 5).mapToObj(number -> "data_batch_" + number).toList();
  private static final Pattern REDUCED =
      Pattern.compile("(\\w+)\\.first([1-9][0-9]{0,3}|10000)\\.bin(\\.gz)?");
  private static final String CURE = "; copy the binary version of CIFAR-10 into this folder.";

  private final Path folder;
  private final TreeMap<String, Path> files = new TreeMap<>();

  /**
   * A file with a batch.
   *
   * @param records that its name promises
   */
  record Batch(Path path, int records) {}

  CifarFolder(Path folder, Configuration hadoop) throws IOException {
    FileSystem system = folder.getFileSystem(hadoop);
    this.folder = system.makeQualified(folder);
    Arrays.stream(system.listStatus(this.folder))
        .map(FileStatus::getPath)
        .forEach(path -> files.put(path.getName(), path));
  }

  /**
   * The training batches, in the order of their numbers: all five, or the reduced ones that are
   * there where no batch is whole.
   *
   * @throws Refusal if one is missing, or it is not clear which file is meant
   */
  List<Batch> train() {
    List<Batch> whole = new ArrayList<>();
    List<Batch> reduced = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : TRAIN) {
      whole(name).ifPresentOrElse(whole::add, () -> missing.add(name + ".bin"));
      reduced(name).ifPresent(reduced::add);
    }
    if (whole.isEmpty() && !reduced.isEmpty()) {
      return reduced;
    }
    if (!missing.isEmpty()) {
      throw new Refusal(
          "Cannot find all training batches of CIFAR-10 in %s: there is no %s, plain or with .gz%s"
              .formatted(folder, String.join(", ", missing), CURE));
    }
    return whole;
  }

  /**
   * The test batch, whole if it is there.
   *
   * @throws Refusal if it is missing, or it is not clear which file is meant
   */
  Batch test() {
    return whole(TEST)
        .or(() -> reduced(TEST))
        .orElseThrow(
            () ->
                new Refusal(
                    "Cannot find the test batch of CIFAR-10 in %s: there is no %s.bin, plain or with .gz%s"
                        .formatted(folder, TEST, CURE)));
  }

  /** The file with the names of the classes, if there is one. */
  Optional<Path> names() {
    return Optional.ofNullable(files.get("batches.meta.txt"));
  }

  private Optional<Batch> whole(String name) {
    return Optional.ofNullable(files.get(name + ".bin"))
        .or(() -> Optional.ofNullable(files.get(name + ".bin.gz")))
        .map(path -> new Batch(path, RECORDS));
  }

  private Optional<Batch> reduced(String name) {
    List<Batch> found = new ArrayList<>();
    files.forEach(
        (file, path) -> {
          Matcher parts = REDUCED.matcher(file);
          if (parts.matches() && parts.group(1).equals(name)) {
            found.add(new Batch(path, Integer.parseInt(parts.group(2))));
          }
        });
    if (found.size() > 1) {
      throw new Refusal(
          "Cannot choose the file of %s in %s: there are %s; leave one of them there."
              .formatted(
                  name,
                  folder,
                  String.join(" and ", found.stream().map(at -> at.path().getName()).toList())));
    }
    return found.stream().findFirst();
  }
}

package org.espalier.jobs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.imagenet.StoredForm;
import org.espalier.images.Decoding;
import org.espalier.images.JpegDecoder;
import org.espalier.images.Orientation;
import org.espalier.images.Reencoder;
import org.espalier.images.UnreadableImageException;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how fast images are made smaller. */
@Command(
    name = "preprocess",
    description = {
      "Images per CPU second of one thread: decode, resize the short side to 256, encode as JPEG of"
          + " quality 90, from and to memory, as prepare imagenet --resize 256 does.",
      "",
      "CPU time is that of the whole process, compiler and garbage collector included, after"
          + " --warm-up rounds."
    },
    mixinStandardHelpOptions = true)
final class BenchPreprocess extends Job {
  private static final int SHORT_SIDE = 256;

  @Parameters(
      paramLabel = "FOLDER",
      description = "Folder whose files *.jpg and *.jpeg are read, with its folders.")
  private Path folder;

  @Option(
      names = "--draft",
      description = "Decode at 1/2, 1/4 or 1/8 where that is enough (default: whole).")
  private boolean draft;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds over all files that are counted (default: ${DEFAULT-VALUE}).")
  private int repeat;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "10",
      description = "Rounds before them, in which code is compiled (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Override
  protected Map<String, Object> run(Console console) throws IOException {
    if (repeat < 1 || warmUp < 0) {
      throw new Refusal(
          "Cannot measure %d rounds after %d: there must be at least 1 after 0 or more."
              .formatted(repeat, warmUp));
    }
    List<byte[]> files = files();
    Decoding decoding = draft ? Decoding.SCALED : Decoding.WHOLE;
    int done = 0;
    int failed = 0;
    double seconds = 0;
    try (Reencoder reencoder =
        new Reencoder(
            SHORT_SIDE,
            StoredForm.QUALITY_DEFAULT,
            decoding,
            Orientation.AS_STORED,
            JpegDecoder.MAX_PIXELS_DEFAULT)) {
      for (int round = -warmUp; round < repeat; round++) {
        double start = ProcessCpu.seconds();
        int failedBefore = failed;
        for (byte[] file : files) {
          try {
            reencoder.reencode(file, file.length);
          } catch (UnreadableImageException e) {
            failed++;
          }
        }
        if (round < 0) {
          failed = failedBefore;
        } else {
          seconds += ProcessCpu.seconds() - start;
          done += files.size() - (failed - failedBefore);
        }
      }
    }
    String name = draft ? "espalier-draft" : "espalier";
    console.result(
        String.format(
            Locale.ROOT,
            "%s %.1f images/cpu-s (%d done, %d failed)",
            name,
            done / seconds,
            done,
            failed));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("workload", name);
    values.put("imagesPerCpuSecond", done / seconds);
    values.put("done", done);
    values.put("failed", failed);
    return values;
  }

  private List<byte[]> files() {
    try (Stream<Path> found = Files.walk(folder)) {
      List<byte[]> files = new ArrayList<>();
      for (Path file :
          found.filter(BenchPreprocess::isJpeg).filter(Files::isRegularFile).sorted().toList()) {
        files.add(Files.readAllBytes(file));
      }
      if (files.isEmpty()) {
        throw new Refusal(
            "Cannot measure the images of %s: it has no file *.jpg or *.jpeg; name a folder of JPEGs."
                .formatted(folder));
      }
      return files;
    } catch (IOException e) {
      throw new Refusal(
          "Cannot read the images of %s: %s; check the path.".formatted(folder, Reason.of(e)), e);
    }
  }

  private static boolean isJpeg(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".jpg") || name.endsWith(".jpeg");
  }
}

package org.espalier.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From files of images to a trained network through the launcher. */
class ImageNetIT {
  private static final List<Color> COLOURS = List.of(Color.RED, Color.BLUE);

  @TempDir private static Path folder;

  @BeforeAll
  static void prepare() throws Exception {
    write("train", 16);
    write("val", 4);
    Launched prepared =
        Launched.espalier(
            folder, "prepare", "imagenet", "--input", "raw", "--output", "images", "--shards", "2");
    assertThat(prepared.exit()).as(prepared.err()).isZero();
    assertThat(prepared.out())
        .startsWith("prepared: imagenet rows={test=8, train=32} rejected=0 output=images");
  }

  private static void write(String split, int files) throws IOException {
    for (Color colour : COLOURS) {
      Path synset =
          Files.createDirectories(
              folder.resolve("raw").resolve(split).resolve("n0" + colour.getBlue()));
      for (int file = 0; file < files; file++) {
        BufferedImage image = new BufferedImage(40 + file, 60 - file, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
          image.setRGB(i % image.getWidth(), i / image.getWidth(), colour.getRGB() ^ (i % 0x40));
        }
        ImageIO.write(image, "jpeg", synset.resolve(split + file + ".JPEG").toFile());
      }
    }
  }

  @Test
  void preparedImagesTrainANetworkToTheSameBitsOnOneProcessAndOnTwoExecutors() throws Exception {
    String one = trained("local[1]", "one");
    assertThat(one).startsWith("final: accuracy=");
    assertThat(trained("local-cluster[2,1,1024]", "two")).isEqualTo(one);
  }

  private static String trained(String master, String output) throws Exception {
    Launched run =
        Launched.espalier(
            folder,
            "train",
            "--master",
            master,
            "--output",
            output,
            "data=images",
            "network=wrn",
            "wrn.depth=10",
            "wrn.width=1",
            "input.size=16",
            "workers=2",
            "batch=8",
            "epochs=2",
            "optimiser.schedule=constant",
            "averaging.of=gradients");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("phases: ").contains("input.mean = \"0.485, 0.456, 0.406\"");
    return run.out();
  }

  @Test
  void theInputOfTrainingIsMeasured() throws Exception {
    Launched bench =
        Launched.espalier(
            folder, "bench", "input", "--data", "images", "--images", "64", "--warm-up", "0");
    assertThat(bench.exit()).as(bench.err()).isZero();
    assertThat(bench.out()).matches("input 3x224x224 [0-9.]+ images/cpu-s \\(64 done\\)\\R");
    Launched refused =
        Launched.espalier(folder, "bench", "input", "--data", "images", "--size", "0");
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err())
        .contains("espalier: Cannot use input.size = 0: it must be a whole number from 1 to 4096.");
  }

  @Test
  void makingImagesSmallerIsMeasured() throws Exception {
    Launched bench =
        Launched.espalier(folder, "bench", "preprocess", "raw", "--warm-up", "0", "--repeat", "1");
    assertThat(bench.exit()).as(bench.err()).isZero();
    assertThat(bench.out()).matches("espalier [0-9.]+ images/cpu-s \\(40 done, 0 failed\\)\\R");
  }
}

package org.espalier.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskFile;
import org.espalier.sparsity.MaskSet;

/** Masks as an earlier run may have left them. */
record GivenMasks(MaskSet masks) {

  /** For LeNet-300-100 on images of 28x28, every second weight removed. */
  static GivenMasks ofLeNet300100() {
    return new GivenMasks(
        MaskSet.of(
            Map.of("fc1/W", half(784 * 300), "fc2/W", half(300 * 100), "fc3/W", half(100 * 10))));
  }

  /** For a multilayer perceptron of one hidden layer, every second weight removed. */
  static GivenMasks ofPerceptron(int hidden) {
    return new GivenMasks(
        MaskSet.of(Map.of("fc1/W", half(784 * hidden), "fc2/W", half(hidden * 10))));
  }

  Path writtenTo(Path file) throws IOException {
    return Files.write(file, MaskFile.encode(masks));
  }

  private static Mask half(int length) {
    return Mask.where(length, i -> i % 2 == 0);
  }
}

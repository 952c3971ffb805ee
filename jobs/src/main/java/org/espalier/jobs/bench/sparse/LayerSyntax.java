package org.espalier.jobs.bench.sparse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.espalier.base.Refusal;
import org.espalier.engine.kernel.ConvolutionShape;

/**
 * Shapes of layers as text: {@code 784x300@100} is a matrix of 784 inputs and 300 outputs at 100
 * positions, {@code 128x64k3s2@56x56b8} a 3x3 convolution of stride 2 over eight images of 56x56.
 */
final class LayerSyntax {
  private static final String NUMBER = "([1-9][0-9]{0,6})";
  private static final Pattern SHAPE =
      Pattern.compile(
          "NxN(?:kN)?(?:sN)?@N(?:xN(?:bN)?)?".replace("N", NUMBER), Pattern.CASE_INSENSITIVE);

  /** Values of a tensor at most: a GiB. */
  private static final int MOST_VALUES = 1 << 28;

  private LayerSyntax() {}

  /**
   * The layer that a text stands for.
   *
   * @throws Refusal if it stands for none, or for one that cannot be measured
   */
  static LayerShape parse(String text) {
    Matcher shape = SHAPE.matcher(text.strip());
    if (!shape.matches() || (shape.group(6) == null && hasKernel(shape))) {
      throw new Refusal(
          "Cannot measure the layer '%s': it is not a shape; write INxOUT@POSITIONS for a matrix and INxOUT[kKERNEL][sSTRIDE]@HEIGHTxWIDTH[bBATCH] for a convolution, such as 784x300@100 and 256x64@56x56b8."
              .formatted(text.strip()));
    }
    int inputs = number(shape, 1, 0);
    int outputs = number(shape, 2, 0);
    int kernel = number(shape, 3, 1);
    double pixels = (double) number(shape, 5, 0) * number(shape, 6, 1) * number(shape, 7, 1);
    requireSize(
        text.strip(),
        pixels * inputs,
        pixels * outputs,
        (double) inputs * outputs * kernel * kernel);
    if (shape.group(6) == null) {
      return new MatrixLayer(inputs, outputs, number(shape, 5, 0));
    }
    return new ConvolutionLayer(
        new ConvolutionShape(
            number(shape, 7, 1),
            number(shape, 5, 0),
            number(shape, 6, 0),
            inputs,
            outputs,
            kernel,
            kernel,
            number(shape, 4, 1),
            kernel / 2));
  }

  private static boolean hasKernel(Matcher shape) {
    return shape.group(3) != null || shape.group(4) != null;
  }

  private static int number(Matcher shape, int group, int otherwise) {
    return shape.group(group) == null ? otherwise : Integer.parseInt(shape.group(group));
  }

  private static void requireSize(String text, double... lengths) {
    double longest = DoubleStream.of(lengths).max().orElseThrow();
    if (longest > MOST_VALUES) {
      throw new Refusal(
          "Cannot measure the layer %s: one of its tensors has %.0f values; choose a layer whose tensors have at most %d."
              .formatted(text, longest, MOST_VALUES));
    }
  }
}

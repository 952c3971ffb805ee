package org.espalier.jobs.bench.sparse;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.base.Refusal;
import org.espalier.sparsity.CsrPattern;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.SmtxFile;

/**
 * A layer and the masks that it is measured under.
 *
 * @param masks by rising sparsity
 */
record MaskedLayer(LayerShape shape, List<Mask> masks) {
  /** Positions where a file says nothing of them. */
  static final int POSITIONS = 512;

  /** A layer under random masks. */
  static MaskedLayer random(LayerShape shape, List<Double> sparsities, long seed) {
    int length = shape.weights().length();
    return new MaskedLayer(
        shape,
        sparsities.stream()
            .sorted()
            .distinct()
            .map(sparsity -> RandomMask.of(length, sparsity, seed))
            .toList());
  }

  /**
   * The layer of an {@code .smtx} file, of the given shape if there is one, else a matrix.
   *
   * @throws Refusal if the file cannot be read, or is of another matrix
   */
  static MaskedLayer ofFile(Path file, Optional<LayerShape> given) {
    CsrPattern pattern = read(file);
    LayerShape shape =
        given.orElseGet(
            () -> LayerSyntax.parse(pattern.columns() + "x" + pattern.rows() + "@" + POSITIONS));
    return new MaskedLayer(shape, List.of(pattern.mask(shape.weights())));
  }

  private static CsrPattern read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return SmtxFile.read(in, file.toString());
    } catch (IOException e) {
      throw new Refusal(
          "Cannot measure under the mask %s: it cannot be read; name an .smtx file."
              .formatted(file),
          e);
    }
  }
}

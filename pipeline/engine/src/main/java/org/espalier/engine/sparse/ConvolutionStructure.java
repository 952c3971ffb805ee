package org.espalier.engine.sparse;

import java.util.ArrayList;
import java.util.List;
import org.espalier.engine.kernel.ConvolutionShape;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.kernel.sparse.SparseRows;

/**
 * The kept weights of kernels `[out, in, kernelHeight, kernelWidth]`, by output and by input.
 *
 * @param byOutput rows are outputs, entries in flat order
 * @param byInput of each phase of the images' rows
 */
record ConvolutionStructure(SparseRows byOutput, List<ByInput> byInput) {
  /**
   * The kept weights that meet one phase of the images' rows.
   *
   * @param structure rows are channels, and in each the phases of its columns
   * @param flat number of each entry among those of {@code byOutput}
   */
  record ByInput(SparseRows structure, int[] flat) {}

  static ConvolutionStructure of(KeptWeights kept, ConvolutionShape shape) {
    return new Builder(kept, shape).build();
  }

  /** Memory for a value of every entry, by input. */
  float[][] valuesByInput() {
    return byInput.stream()
        .map(phase -> new float[phase.structure().entries()])
        .toArray(float[][]::new);
  }

  /** Entries of the fullest row, by output or by input. */
  int widest() {
    int most = byOutput.widest();
    for (ByInput phase : byInput) {
      most = Math.max(most, phase.structure().widest());
    }
    return most;
  }

  private static final class Builder {
    private final KeptWeights kept;
    private final int inputs;
    private final int kernelHeight;
    private final int kernelWidth;
    private final int batch;
    private final Axis rows;
    private final Axis columns;
    private final ImageLayout images;
    private final ImageLayout results;

    Builder(KeptWeights kept, ConvolutionShape shape) {
      this.kept = kept;
      this.inputs = shape.inputs();
      this.kernelHeight = shape.kernelHeight();
      this.kernelWidth = shape.kernelWidth();
      this.batch = shape.batch();
      ConvolutionLayout layout = ConvolutionLayout.of(shape);
      this.rows = layout.rows();
      this.columns = layout.columns();
      this.images = layout.images();
      this.results = layout.results();
    }

    ConvolutionStructure build() {
      List<ByInput> byInput = new ArrayList<>();
      for (int phase = 0; phase < rows.phases(); phase++) {
        byInput.add(byInput(phase));
      }
      return new ConvolutionStructure(byOutput(), List.copyOf(byInput));
    }

    private SparseRows byOutput() {
      int[] start = new int[results.channels() + 1];
      int[] source = new int[kept.count()];
      for (int e = 0; e < source.length; e++) {
        start[output(e) + 1]++;
        source[e] =
            (rows.phase(row(e)) * rows.phaseLength() + rows.source(row(e))) * images.rowLength()
                + input(e) * images.channelLength()
                + columns.phase(column(e)) * images.phaseLength()
                + columns.source(column(e)) * batch;
      }
      accumulate(start);
      return new SparseRows(start, source);
    }

    private ByInput byInput(int phase) {
      int[] start = new int[inputs * images.phases() + 1];
      for (int e = 0; e < kept.count(); e++) {
        if (rows.phase(row(e)) == phase) {
          start[line(e) + 1]++;
        }
      }
      accumulate(start);
      int[] next = start.clone();
      int[] source = new int[start[start.length - 1]];
      int[] flat = new int[source.length];
      for (int e = 0; e < kept.count(); e++) {
        if (rows.phase(row(e)) == phase) {
          int at = next[line(e)]++;
          flat[at] = e;
          source[at] =
              rows.target(row(e)) * results.rowLength()
                  + output(e) * results.channelLength()
                  + columns.target(column(e)) * batch;
        }
      }
      return new ByInput(new SparseRows(start, source), flat);
    }

    private int line(int e) {
      return input(e) * images.phases() + columns.phase(column(e));
    }

    private int output(int e) {
      return kept.index(e) / (kernelWidth * kernelHeight * inputs);
    }

    private int input(int e) {
      return kept.index(e) / (kernelWidth * kernelHeight) % inputs;
    }

    private int row(int e) {
      return kept.index(e) / kernelWidth % kernelHeight;
    }

    private int column(int e) {
      return kept.index(e) % kernelWidth;
    }

    private static void accumulate(int[] counts) {
      for (int i = 1; i < counts.length; i++) {
        counts[i] += counts[i - 1];
      }
    }
  }
}

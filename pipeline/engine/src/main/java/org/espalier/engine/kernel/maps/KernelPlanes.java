package org.espalier.engine.kernel.maps;

import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Team;
import org.espalier.engine.kernel.Values;

/**
 * Kernels `[outputs, inputs, elements]` once more, element by element: `[elements, outputs,
 * inputs]`, so that each element is a matrix. Used by one thread at a time.
 */
final class KernelPlanes {
  private static final int PARTS = 16;

  private final int outputs;
  private final int inputs;
  private final int elements;
  private final FloatValues planes;
  private final float[][] kernels = new float[PARTS][];
  private final float[][] rows = new float[PARTS][];
  private final Team.Part gathering = this::gather;
  private final Team.Part scattering = this::scatter;
  private FloatValues together;

  KernelPlanes(int outputs, int inputs, int elements) {
    this.outputs = outputs;
    this.inputs = inputs;
    this.elements = elements;
    this.planes = FloatValues.require(Values.floats(outputs * inputs * elements));
  }

  /** The planes. */
  FloatValues values() {
    return planes;
  }

  /** Where the matrix of an element begins. */
  int plane(int element) {
    return element * outputs * inputs;
  }

  /** Makes the planes of kernels. */
  void read(Values of) {
    together = FloatValues.require(of);
    Team.ofThread().run(PARTS, gathering);
  }

  /** Makes kernels of the planes. */
  void write(Values to) {
    together = FloatValues.require(to);
    Team.ofThread().run(PARTS, scattering);
  }

  void release() {
    planes.release();
  }

  private void gather(int part, int member) {
    float[] kernel = kernel(part);
    float[] row = row(part);
    for (int o = Slices.start(part, PARTS, outputs); o < end(part); o++) {
      together.read(o * kernel.length, kernel, kernel.length);
      for (int e = 0; e < elements; e++) {
        for (int i = 0; i < inputs; i++) {
          row[i] = kernel[i * elements + e];
        }
        planes.write(plane(e) + o * inputs, row, inputs);
      }
    }
  }

  private void scatter(int part, int member) {
    float[] kernel = kernel(part);
    float[] row = row(part);
    for (int o = Slices.start(part, PARTS, outputs); o < end(part); o++) {
      for (int e = 0; e < elements; e++) {
        planes.read(plane(e) + o * inputs, row, inputs);
        for (int i = 0; i < inputs; i++) {
          kernel[i * elements + e] = row[i];
        }
      }
      together.write(o * kernel.length, kernel, kernel.length);
    }
  }

  private int end(int part) {
    return Slices.start(part + 1, PARTS, outputs);
  }

  private float[] kernel(int part) {
    if (kernels[part] == null) {
      kernels[part] = new float[inputs * elements];
    }
    return kernels[part];
  }

  private float[] row(int part) {
    if (rows[part] == null) {
      rows[part] = new float[inputs];
    }
    return rows[part];
  }
}

package org.espalier.engine.replica;

import java.nio.FloatBuffer;
import org.espalier.engine.operations.HostVector;
import org.espalier.engine.optimiser.UpdatePlan;

/** The gradient of a network as its layers have computed it, and what is handed in of it. */
final class NetworkGradient {
  private final UpdatePlan plan;
  private final HostVector computed;
  private final HostVector parameters;

  NetworkGradient(UpdatePlan plan, HostVector computed, HostVector parameters) {
    this.plan = plan;
    this.computed = computed;
    this.parameters = parameters;
  }

  /** The scale in which the gradient of a trained tensor is computed. */
  UpdatePlan.Scale scale(String tensor) {
    return plan.parts().stream()
        .filter(part -> part.tensor().equals(tensor))
        .findAny()
        .orElseThrow()
        .scale();
  }

  /** Copies the mean gradient of parameters from {@code from} on; of those that are set, values. */
  void read(int from, float[] target, int to, int count, int minibatch) {
    computed.read(from, FloatBuffer.wrap(target, to, count));
    int end = from + count;
    int at = from;
    for (UpdatePlan.Part trained : plan.parts()) {
      int start = Math.max(from, trained.offset());
      int stop = Math.min(end, trained.offset() + trained.length());
      if (start < stop) {
        subtractFromParameters(at, start, target, to - from);
        scale(
            (float) trained.scale().factor(minibatch), to + start - from, to + stop - from, target);
        at = stop;
      }
    }
    subtractFromParameters(at, end, target, to - from);
  }

  /** Copies the gradient as it was computed at {@code offset + indices[i]}, from i = first on. */
  void gather(int offset, int[] indices, int first, FloatBuffer target) {
    computed.gather(offset, indices, first, target);
  }

  static void scale(float factor, int from, int end, float[] values) {
    for (int i = from; i < end; i++) {
      values[i] *= factor;
    }
  }

  /** The gradient of a parameter that is set is what has to be subtracted from it. */
  private void subtractFromParameters(int start, int end, float[] values, int shift) {
    if (start < end) {
      float[] before = new float[end - start];
      parameters.read(start, FloatBuffer.wrap(before));
      for (int i = start; i < end; i++) {
        values[i + shift] = before[i - start] - values[i + shift];
      }
    }
  }
}

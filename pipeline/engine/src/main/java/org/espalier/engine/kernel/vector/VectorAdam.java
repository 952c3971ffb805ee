package org.espalier.engine.kernel.vector;

import static org.espalier.engine.kernel.vector.Species.FLOATS;
import static org.espalier.engine.kernel.vector.Species.LANES;
import static org.espalier.engine.kernel.vector.Species.broadcast;
import static org.espalier.engine.kernel.vector.Species.load;
import static org.espalier.engine.kernel.vector.Species.store;
import static org.espalier.engine.kernel.vector.Species.whole;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.espalier.engine.kernel.AdamLanes;
import org.espalier.engine.kernel.UpdateRule;

/** {@link AdamLanes} in the CPU's lanes. */
final class VectorAdam extends AdamLanes {
  private final float keptFirst;
  private final float newFirst;
  private final float keptSecond;
  private final float newSecond;
  private final float epsilon;
  private final Apart.Pass stepping =
      (m, v, step, d, e, x, y, rate, from, first, end) ->
          steps(x, m, v, step, rate, from, first, end);

  VectorAdam(UpdateRule.Adam rule) {
    super(rule);
    keptFirst = (float) rule.beta1();
    newFirst = (float) (1 - rule.beta1());
    keptSecond = (float) rule.beta2();
    newSecond = (float) (1 - rule.beta2());
    epsilon = (float) rule.epsilon();
  }

  @Override
  public void step(
      float[] gradient,
      ByteBuffer m,
      ByteBuffer v,
      ByteBuffer step,
      float rate,
      int from,
      int first,
      int end) {
    int whole = whole(first, end);
    Apart.call(stepping, m, v, step, null, null, gradient, null, rate, from, first, whole);
    super.step(gradient, m, v, step, rate, from, whole, end);
  }

  private void steps(
      float[] gradients,
      ByteBuffer m,
      ByteBuffer v,
      ByteBuffer step,
      float rate,
      int from,
      int begin,
      int end) {
    for (int i = begin; i < end; i += LANES) {
      FloatVector gradient = FloatVector.fromArray(FLOATS, gradients, i - from);
      FloatVector first = load(m, i).fma(broadcast(keptFirst), gradient.mul(newFirst));
      FloatVector kept = first.blend(0f, first.lanewise(VectorOperators.ABS).lt(VANISHING));
      FloatVector second =
          load(v, i).fma(broadcast(keptSecond), gradient.mul(gradient).mul(newSecond));
      FloatVector square = second.blend(0f, second.lt(VANISHING));
      store(kept, m, i);
      store(square, v, i);
      FloatVector root = square.lanewise(VectorOperators.SQRT).add(epsilon);
      store(kept.mul(rate).div(root), step, i);
    }
  }
}

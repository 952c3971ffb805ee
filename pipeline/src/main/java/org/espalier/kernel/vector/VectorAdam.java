package org.espalier.kernel.vector;

import static org.espalier.kernel.vector.Species.FLOATS;
import static org.espalier.kernel.vector.Species.LANES;
import static org.espalier.kernel.vector.Species.broadcast;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.espalier.kernel.AdamLanes;
import org.espalier.kernel.UpdateRule;

/** {@link AdamLanes} in the CPU's lanes. */
final class VectorAdam implements AdamLanes {
  private final float keptFirst;
  private final float newFirst;
  private final float keptSecond;
  private final float newSecond;
  private final float epsilon;
  private final Apart.Loop stepping = (g, m, v, d, e, rate, count) -> steps(g, m, v, rate, count);

  VectorAdam(UpdateRule.Adam rule) {
    keptFirst = (float) rule.beta1();
    newFirst = (float) (1 - rule.beta1());
    keptSecond = (float) rule.beta2();
    newSecond = (float) (1 - rule.beta2());
    epsilon = (float) rule.epsilon();
  }

  @Override
  public void step(float[] g, float[] m, float[] v, float rate, int count) {
    Apart.call(stepping, g, m, v, null, null, rate, count);
  }

  private void steps(float[] g, float[] m, float[] v, float rate, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector gradient = FloatVector.fromArray(FLOATS, g, i);
      FloatVector first =
          FloatVector.fromArray(FLOATS, m, i).fma(broadcast(keptFirst), gradient.mul(newFirst));
      FloatVector kept = first.blend(0f, first.lanewise(VectorOperators.ABS).lt(VANISHING));
      FloatVector second =
          FloatVector.fromArray(FLOATS, v, i)
              .fma(broadcast(keptSecond), gradient.mul(gradient).mul(newSecond));
      FloatVector square = second.blend(0f, second.lt(VANISHING));
      kept.intoArray(m, i);
      square.intoArray(v, i);
      kept.mul(rate).div(square.lanewise(VectorOperators.SQRT).add(epsilon)).intoArray(g, i);
    }
  }
}

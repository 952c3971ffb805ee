package org.espalier.engine.kernel.vector;

import static org.espalier.engine.kernel.vector.Species.FLOATS;
import static org.espalier.engine.kernel.vector.Species.LANES;
import static org.espalier.engine.kernel.vector.Species.broadcast;
import static org.espalier.engine.kernel.vector.Species.load;
import static org.espalier.engine.kernel.vector.Species.store;
import static org.espalier.engine.kernel.vector.Species.whole;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.espalier.engine.kernel.GateLanes;
import org.espalier.engine.kernel.GatePasses;

/** {@link GateLanes} in the CPU's lanes, in loops as long as the compiler can still take. */
final class VectorGates extends GateLanes {
  private static final float EPSILON = (float) GatePasses.EPSILON;
  private static final float LOW = (float) GatePasses.GAMMA;
  private static final float SLOPE =
      (float) ((GatePasses.ZETA - GatePasses.GAMMA) / GatePasses.BETA);

  private final Apart.Pass halving =
      (logAlpha, b, c, d, e, x, y, factor, from, first, end) ->
          halves(logAlpha, x, from, first, end);
  private final Apart.Loop exponentials = VectorLanes::exponentials;
  private final Apart.Pass drawing =
      (theta, concrete, open, weights, e, x, y, factor, from, first, end) ->
          gates(x, y, theta, concrete, open, weights, from, first, end);
  private final Apart.Pass differentiating =
      (theta, concrete, open, upstream, ofLogAlpha, x, y, factor, from, first, end) ->
          gradients(theta, concrete, open, upstream, ofLogAlpha, factor, first, end);

  @Override
  public void roots(ByteBuffer logAlpha, float[] root, int from, int first, int end) {
    int whole = whole(first, end);
    Apart.call(halving, logAlpha, null, null, null, null, root, null, 0, from, first, whole);
    Apart.call(exponentials, root, whole - from);
    super.roots(logAlpha, root, from, whole, end);
  }

  @Override
  public void draw(
      float[] root,
      float[] u,
      ByteBuffer theta,
      ByteBuffer concrete,
      ByteBuffer open,
      ByteBuffer weights,
      int from,
      int first,
      int end) {
    int whole = whole(first, end);
    Apart.call(drawing, theta, concrete, open, weights, null, root, u, 0, from, first, whole);
    super.draw(root, u, theta, concrete, open, weights, from, whole, end);
  }

  @Override
  public void gradient(
      ByteBuffer theta,
      ByteBuffer concrete,
      ByteBuffer open,
      ByteBuffer upstream,
      ByteBuffer ofLogAlpha,
      float weight,
      int first,
      int end) {
    int whole = whole(first, end);
    Apart.call(
        differentiating,
        theta,
        concrete,
        open,
        upstream,
        ofLogAlpha,
        null,
        null,
        weight,
        0,
        first,
        whole);
    super.gradient(theta, concrete, open, upstream, ofLogAlpha, weight, whole, end);
  }

  /** {@code -log alpha / 2}, of what is within the limit. */
  private static void halves(ByteBuffer logAlpha, float[] to, int from, int first, int end) {
    for (int i = first; i < end; i += LANES) {
      FloatVector half = load(logAlpha, i).mul(-0.5f);
      FloatVector above = half.blend(-LIMIT, half.lt(-LIMIT));
      above.blend(LIMIT, above.compare(VectorOperators.GT, LIMIT)).intoArray(to, i - from);
    }
  }

  private static void gates(
      float[] roots,
      float[] u,
      ByteBuffer theta,
      ByteBuffer concretes,
      ByteBuffer open,
      ByteBuffer weights,
      int from,
      int first,
      int end) {
    for (int i = first; i < end; i += LANES) {
      FloatVector root = FloatVector.fromArray(FLOATS, roots, i - from);
      FloatVector uniform = FloatVector.fromArray(FLOATS, u, i - from);
      FloatVector rest = broadcast(1f).sub(uniform);
      FloatVector share = uniform.add(EPSILON);
      FloatVector square = share.mul(share);
      FloatVector power = rest.mul(rest.mul(share).lanewise(VectorOperators.SQRT));
      FloatVector second = root.mul(root);
      FloatVector closed = second.fma(broadcast(OPEN_AT_ZERO), broadcast(1f));
      FloatVector whole = power.fma(second.mul(root), square);
      FloatVector reciprocal = broadcast(1f).div(closed.mul(whole));
      FloatVector concrete = square.mul(reciprocal.mul(closed));
      FloatVector z = concrete.fma(broadcast(RANGE), broadcast(LOW));
      FloatVector above = z.blend(0f, z.lt(0f));
      FloatVector gate = above.blend(1f, above.compare(VectorOperators.GT, 1f));
      FloatVector gated = load(theta, i).mul(gate);
      store(concrete, concretes, i);
      store(reciprocal.mul(whole), open, i);
      store(gated, weights, i);
    }
  }

  private static void gradients(
      ByteBuffer theta,
      ByteBuffer concrete,
      ByteBuffer open,
      ByteBuffer upstream,
      ByteBuffer ofLogAlpha,
      float weight,
      int first,
      int end) {
    for (int i = first; i < end; i += LANES) {
      FloatVector s = load(concrete, i);
      FloatVector z = s.fma(broadcast(RANGE), broadcast(LOW));
      FloatVector above = z.blend(0f, z.lt(0f));
      FloatVector gate = above.blend(1f, above.compare(VectorOperators.GT, 1f));
      VectorMask<Float> moving = gate.compare(VectorOperators.GT, 0f).and(gate.lt(1f));
      FloatVector slope = s.mul(broadcast(1f).sub(s)).mul(SLOPE);
      FloatVector probability = load(open, i);
      FloatVector pushed = probability.mul(broadcast(1f).sub(probability)).mul(weight);
      FloatVector ofWeight = load(upstream, i);
      FloatVector along = ofWeight.mul(load(theta, i));
      store(along.fma(broadcast(0f).blend(slope, moving), pushed), ofLogAlpha, i);
      store(ofWeight.mul(gate), upstream, i);
    }
  }
}

package org.espalier.engine.kernel.sequence;

import java.util.Arrays;
import java.util.function.Supplier;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.LaneMath;
import org.espalier.engine.kernel.PartProducts;
import org.espalier.engine.kernel.ProductShape;
import org.espalier.engine.kernel.ProductShape.Form;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Team;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.AttentionShape.Reach;

/**
 * An {@link Attention} a sequence and head at a time, whose weights stay in the cache: products by
 * the library on one thread, all that is between them in loops over queries.
 */
final class FastAttention implements Attention {
  /** Subtracted from the scores of keys that a query does not meet. */
  private static final float FAR = 1e9f;

  private static final float SMALLEST_SUM = 1e-30f;

  private final AttentionShape shape;
  private final LaneMath math;
  private final Supplier<PartProducts> products;
  private final int block;
  private final ProductShape scores;
  private final ProductShape sums;
  private final ProductShape ofKeys;
  private final Team.Part forwardPart = this::forward;
  private final Team.Part backwardPart = this::backward;
  private Scratch[] scratch = {};
  private Operands operands;
  private Operands gradients;
  private Segments segments;
  private FloatValues weights;
  private FloatValues result;
  private Dropout dropout;

  FastAttention(AttentionShape shape, LaneMath math, Supplier<PartProducts> products) {
    this.shape = shape;
    this.math = math;
    this.products = products;
    this.block = shape.keys() * shape.queries();
    int ofQueries = shape.queryStride();
    int keys = shape.keyStride();
    this.scores =
        new ProductShape(
            Form.LEFT_TRANSPOSED,
            shape.keys(),
            shape.queries(),
            shape.size(),
            keys,
            ofQueries,
            shape.queries(),
            Into.REPLACE);
    this.sums =
        new ProductShape(
            Form.PLAIN,
            shape.size(),
            shape.queries(),
            shape.keys(),
            keys,
            shape.queries(),
            ofQueries,
            Into.REPLACE);
    this.ofKeys =
        new ProductShape(
            Form.RIGHT_TRANSPOSED,
            shape.size(),
            shape.keys(),
            shape.queries(),
            ofQueries,
            shape.queries(),
            keys,
            Into.REPLACE);
  }

  /** Memory of one thread. */
  private final class Scratch {
    final PartProducts product = products.get();
    final float[] x = new float[block + LaneMath.PADDING];
    final float[] other = new float[block + LaneMath.PADDING];
    final float[] row = new float[shape.queries()];
    final float[] querySegments = new float[shape.queries()];
    final float[] keySegments = new float[shape.keys()];
    final FloatValues dropped = FloatValues.require(Values.floats(block));
    final FloatValues slopes = FloatValues.require(Values.floats(block));
  }

  private void run(Team.Part part) {
    Team team = Team.ofThread();
    while (scratch.length < team.size()) {
      scratch = Arrays.copyOf(scratch, scratch.length + 1);
      scratch[scratch.length - 1] = new Scratch();
    }
    team.run(shape.sequences() * shape.heads(), part);
  }

  @Override
  public void forward(Operands given, Segments numbers, Values toKeep, Dropout dropping, Values y) {
    operands = given;
    segments = numbers;
    weights = FloatValues.require(toKeep);
    dropout = dropping;
    result = FloatValues.require(y);
    run(forwardPart);
  }

  private void forward(int part, int member) {
    int sequence = part / shape.heads();
    int head = part % shape.heads();
    int query = shape.query(sequence, head);
    int key = shape.key(sequence, head);
    int at = shape.weight(sequence, head);
    Scratch s = scratch[member];
    FloatValues keys = FloatValues.require(operands.keys());
    FloatValues queries = FloatValues.require(operands.queries());
    s.product.multiply(scores, keys, key, queries, query, weights, at);
    weights.read(at, s.x, block);
    soften(s, sequence);
    weights.write(at, s.x, block);
    FloatValues dropped = dropped(s, at);
    int from = dropout.drops() ? 0 : at;
    FloatValues values = FloatValues.require(operands.values());
    s.product.multiply(sums, values, key, dropped, from, result, query);
  }

  /** The weights in the thread's array after dropout, in memory that products read. */
  private FloatValues dropped(Scratch s, int at) {
    if (!dropout.drops()) {
      return weights;
    }
    dropout.apply(s.x, at, block, s.other, math);
    s.dropped.write(0, s.x, block);
    return s.dropped;
  }

  private void soften(Scratch s, int sequence) {
    int count = shape.queries();
    FloatValues.require(segments.queries()).read(sequence * count, s.querySegments, count);
    FloatValues.require(segments.keys()).read(sequence * shape.keys(), s.keySegments, shape.keys());
    float scale = (float) shape.scale();
    float[] row = s.row;
    Arrays.fill(row, Float.NEGATIVE_INFINITY);
    for (int key = 0; key < shape.keys(); key++) {
      int first = key * count;
      Arrays.fill(s.x, first, first + unmet(key), -FAR);
      keepNear(s.x, first, s.querySegments, s.keySegments[key], scale, unmet(key), count);
      math.raise(row, s.x, first, count);
    }
    for (int key = 0; key < shape.keys(); key++) {
      subtract(s.x, key * count, row, count);
    }
    math.exp(s.x, block);
    Arrays.fill(row, 0f);
    for (int key = 0; key < shape.keys(); key++) {
      int first = key * count;
      Arrays.fill(s.x, first, first + unmet(key), 0f);
      clearFar(s.x, first, s.querySegments, s.keySegments[key], unmet(key), count);
      add(s.x, first, row, count);
    }
    for (int i = 0; i < count; i++) {
      row[i] = 1 / Math.max(row[i], SMALLEST_SUM);
    }
    for (int key = 0; key < shape.keys(); key++) {
      multiply(s.x, key * count, row, count);
    }
  }

  /** The first queries that lie before a key and do not meet it. */
  private int unmet(int key) {
    return shape.reach() == Reach.BEFORE ? key : 0;
  }

  private static void keepNear(
      float[] x, int at, float[] segments, float segment, float scale, int from, int to) {
    for (int i = from; i < to; i++) {
      float distance = segments[i] - segment;
      x[at + i] = x[at + i] * scale - FAR * Math.min(distance * distance, 1f);
    }
  }

  private static void clearFar(
      float[] x, int at, float[] segments, float segment, int from, int to) {
    for (int i = from; i < to; i++) {
      float distance = segments[i] - segment;
      x[at + i] *= 1f - Math.min(distance * distance, 1f);
    }
  }

  private static void subtract(float[] x, int at, float[] row, int count) {
    for (int i = 0; i < count; i++) {
      x[at + i] -= row[i];
    }
  }

  private static void add(float[] x, int at, float[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += x[at + i];
    }
  }

  private static void multiply(float[] x, int at, float[] row, int count) {
    for (int i = 0; i < count; i++) {
      x[at + i] *= row[i];
    }
  }

  @Override
  public void backward(
      Operands given, Values kept, Dropout dropping, Values delta, Operands toWrite) {
    operands = given;
    weights = FloatValues.require(kept);
    dropout = dropping;
    result = FloatValues.require(delta);
    gradients = toWrite;
    run(backwardPart);
  }

  private void backward(int part, int member) {
    int sequence = part / shape.heads();
    int head = part % shape.heads();
    int query = shape.query(sequence, head);
    int key = shape.key(sequence, head);
    int at = shape.weight(sequence, head);
    Scratch s = scratch[member];
    weights.read(at, s.x, block);
    FloatValues dropped = dropped(s, at);
    int from = dropout.drops() ? 0 : at;
    FloatValues values = FloatValues.require(operands.values());
    FloatValues valueGradient = FloatValues.require(gradients.values());
    s.product.multiply(ofKeys, result, query, dropped, from, valueGradient, key);
    s.product.multiply(scores, values, key, result, query, s.slopes, 0);
    toScores(s, at);
    FloatValues keys = FloatValues.require(operands.keys());
    FloatValues queryGradient = FloatValues.require(gradients.queries());
    s.product.multiply(sums, keys, key, s.slopes, 0, queryGradient, query);
    FloatValues queries = FloatValues.require(operands.queries());
    FloatValues keyGradient = FloatValues.require(gradients.keys());
    s.product.multiply(ofKeys, queries, query, s.slopes, 0, keyGradient, key);
  }

  /** The gradient of the scores from that of the weights after dropout. */
  private void toScores(Scratch s, int at) {
    int count = shape.queries();
    s.slopes.read(0, s.x, block);
    dropout.apply(s.x, at, block, s.other, math);
    weights.read(at, s.other, block);
    Arrays.fill(s.row, 0f);
    for (int key = 0; key < shape.keys(); key++) {
      addProducts(s.x, s.other, key * count, s.row, count);
    }
    for (int key = 0; key < shape.keys(); key++) {
      slope(s.x, s.other, key * count, s.row, (float) shape.scale(), count);
    }
    s.slopes.write(0, s.x, block);
  }

  private static void addProducts(float[] a, float[] b, int at, float[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += a[at + i] * b[at + i];
    }
  }

  private static void slope(
      float[] slopes, float[] weights, int at, float[] sums, float scale, int count) {
    for (int i = 0; i < count; i++) {
      slopes[at + i] = scale * weights[at + i] * (slopes[at + i] - sums[i]);
    }
  }

  @Override
  public void close() {
    for (Scratch each : scratch) {
      each.dropped.release();
      each.slopes.release();
    }
    scratch = new Scratch[0];
  }
}

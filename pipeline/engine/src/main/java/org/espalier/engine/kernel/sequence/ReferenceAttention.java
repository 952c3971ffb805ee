package org.espalier.engine.kernel.sequence;

import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.AttentionShape.Reach;

/** An {@link Attention} as the formulas read, one query at a time. */
final class ReferenceAttention implements Attention {
  private final AttentionShape shape;

  ReferenceAttention(AttentionShape shape) {
    this.shape = shape;
  }

  /** What is done for the query of a number in a sequence and head. */
  private interface Query {
    void run(int sequence, int head, int query);
  }

  private void each(Query work) {
    for (int sequence = 0; sequence < shape.sequences(); sequence++) {
      for (int head = 0; head < shape.heads(); head++) {
        for (int query = 0; query < shape.queries(); query++) {
          work.run(sequence, head, query);
        }
      }
    }
  }

  @Override
  public void forward(
      Operands operands, Segments segments, Values weights, Dropout dropout, Values y) {
    each(
        (sequence, head, query) -> {
          soften(operands, segments, weights, sequence, head, query);
          for (int f = 0; f < shape.size(); f++) {
            double sum = 0;
            for (int key = 0; key < shape.keys(); key++) {
              int at = weight(sequence, head, key, query);
              double weight = weights.get(at) * dropout.factor(at);
              sum += weight * operands.values().get(key(sequence, head, f, key));
            }
            y.set(query(sequence, head, f, query), sum);
          }
        });
  }

  private void soften(
      Operands operands, Segments segments, Values weights, int sequence, int head, int query) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int key = 0; key < shape.keys(); key++) {
      double score = Double.NEGATIVE_INFINITY;
      if (meets(segments, sequence, query, key)) {
        score = shape.scale() * product(operands, sequence, head, query, key);
      }
      weights.set(weight(sequence, head, key, query), score);
      highest = Math.max(highest, score);
    }
    double sum = 0;
    for (int key = 0; key < shape.keys(); key++) {
      int at = weight(sequence, head, key, query);
      double score = weights.get(at);
      weights.set(at, score == Double.NEGATIVE_INFINITY ? 0 : Math.exp(score - highest));
      sum += weights.get(at);
    }
    for (int key = 0; sum > 0 && key < shape.keys(); key++) {
      int at = weight(sequence, head, key, query);
      weights.set(at, weights.get(at) / sum);
    }
  }

  private boolean meets(Segments segments, int sequence, int query, int key) {
    double own = segments.queries().get(sequence * shape.queries() + query);
    double other = segments.keys().get(sequence * shape.keys() + key);
    return own == other && (shape.reach() == Reach.SEGMENT || key <= query);
  }

  private double product(Operands operands, int sequence, int head, int query, int key) {
    double sum = 0;
    for (int f = 0; f < shape.size(); f++) {
      sum +=
          operands.queries().get(query(sequence, head, f, query))
              * operands.keys().get(key(sequence, head, f, key));
    }
    return sum;
  }

  @Override
  public void backward(
      Operands operands, Values weights, Dropout dropout, Values delta, Operands gradients) {
    gradients.queries().fill(0);
    gradients.keys().fill(0);
    gradients.values().fill(0);
    double[] slopes = new double[shape.keys()];
    each(
        (sequence, head, query) -> {
          double sum = 0;
          for (int key = 0; key < shape.keys(); key++) {
            int at = weight(sequence, head, key, query);
            double factor = dropout.factor(at);
            slopes[key] = 0;
            for (int f = 0; f < shape.size(); f++) {
              double passed = factor * delta.get(query(sequence, head, f, query));
              int value = key(sequence, head, f, key);
              slopes[key] += passed * operands.values().get(value);
              add(gradients.values(), value, passed * weights.get(at));
            }
            sum += slopes[key] * weights.get(at);
          }
          for (int key = 0; key < shape.keys(); key++) {
            double weight = weights.get(weight(sequence, head, key, query));
            double slope = shape.scale() * weight * (slopes[key] - sum);
            for (int f = 0; f < shape.size(); f++) {
              int q = query(sequence, head, f, query);
              int k = key(sequence, head, f, key);
              add(gradients.queries(), q, slope * operands.keys().get(k));
              add(gradients.keys(), k, slope * operands.queries().get(q));
            }
          }
        });
  }

  private static void add(Values to, int index, double value) {
    to.set(index, to.get(index) + value);
  }

  private int query(int sequence, int head, int feature, int query) {
    return shape.query(sequence, head) + feature * shape.queryStride() + query;
  }

  private int key(int sequence, int head, int feature, int key) {
    return shape.key(sequence, head) + feature * shape.keyStride() + key;
  }

  private int weight(int sequence, int head, int key, int query) {
    return shape.weight(sequence, head) + key * shape.queries() + query;
  }

  @Override
  public void close() {}
}

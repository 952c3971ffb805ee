package org.espalier.engine.replica;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * What a replica got right.
 *
 * @param examples number of examples evaluated
 * @param correct number of examples whose highest score is that of their class
 * @param lossSum cross-entropy (natural logarithm) summed over the examples
 */
@DefaultSerializer(JavaSerializer.class) // Kryo itself cannot read records.
public record EvaluationReport(long examples, long correct, double lossSum)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The report of no example at all. */
  public static final EvaluationReport NOTHING = new EvaluationReport(0, 0, 0);

  /** Fraction of examples that were classified correctly. */
  public double accuracy() {
    return (double) correct / examples;
  }

  /** Mean cross-entropy. */
  public double loss() {
    return lossSum / examples;
  }

  /** This and another report as one. */
  public EvaluationReport plus(EvaluationReport other) {
    return new EvaluationReport(
        examples + other.examples, correct + other.correct, lossSum + other.lossSum);
  }
}

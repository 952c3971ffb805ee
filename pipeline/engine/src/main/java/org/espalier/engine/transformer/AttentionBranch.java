package org.espalier.engine.transformer;

import java.util.Map;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.Attention;
import org.espalier.engine.kernel.sequence.Dropout;

/** Attention of what a sublayer has normalised to itself, or to what the encoder gives. */
final class AttentionBranch implements Branch {
  private final Sublayer sublayer;
  private final TransformerHost host;
  private final double rate;
  private final AttentionScratch scratch;
  private final Memory memory;
  private final Projection queries;
  private final Projection keys;
  private final Projection values;
  private final Projection output;
  private final Attention.Operands operands;
  private final Values weights;
  private final Values heads;
  private Dropout dropout = Dropout.NONE;

  /**
   * What is attended to where it is not what attends.
   *
   * @param states `[width, positions]`
   * @param gradient of the states, which is added to
   */
  record Memory(Values states, Values gradient) {}

  /**
   * @param own the side that attends
   * @param other the side that is attended to
   * @param memory null where what attends is attended to
   */
  AttentionBranch(
      Sublayer sublayer,
      Side own,
      Side other,
      Memory memory,
      AttentionScratch scratch,
      TransformerHost host) {
    int width = own.shape().width();
    this.sublayer = sublayer;
    this.host = host;
    this.rate = own.dropout().attention();
    this.scratch = scratch;
    this.memory = memory;
    this.queries = own.project(host, sublayer.queries(), width, width, Into.REPLACE);
    this.keys = other.project(host, sublayer.keys(), width, width, Into.ADD);
    this.values = other.project(host, sublayer.values(), width, width, Into.ADD);
    this.output = own.project(host, sublayer.output(), width, width, Into.REPLACE);
    this.operands = new Attention.Operands(own.take(width), other.take(width), other.take(width));
    this.weights = own.takeValues(scratch.weights());
    this.heads = own.take(width);
  }

  @Override
  public void forward(Phase phase, Values x, Values y) {
    Values attended = memory == null ? x : memory.states();
    queries.forward(phase, x, operands.queries());
    keys.forward(phase, attended, operands.keys());
    values.forward(phase, attended, operands.values());
    dropout = host.dropout(phase, rate, sublayer.name() + ".weights");
    scratch.attention().forward(operands, scratch.segments(), weights, dropout, heads);
    output.forward(phase, heads, y);
  }

  @Override
  public void backward(Values x, Values y, Values delta, Values inputGradient) {
    Values attended = memory == null ? x : memory.states();
    Values attendedGradient = memory == null ? inputGradient : memory.gradient();
    output.backward(heads, y, delta, scratch.heads());
    Attention.Operands gradients = scratch.gradients();
    scratch.attention().backward(operands, weights, dropout, scratch.heads(), gradients);
    queries.backward(x, operands.queries(), gradients.queries(), inputGradient);
    keys.backward(attended, operands.keys(), gradients.keys(), attendedGradient);
    values.backward(attended, operands.values(), gradients.values(), attendedGradient);
  }

  @Override
  public Map<String, Projection> projections() {
    return Map.of(
        sublayer.queries(), queries,
        sublayer.keys(), keys,
        sublayer.values(), values,
        sublayer.output(), output);
  }
}

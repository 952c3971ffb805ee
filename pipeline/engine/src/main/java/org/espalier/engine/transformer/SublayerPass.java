package org.espalier.engine.transformer;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.Dropout;

/** A {@link Sublayer} in its passes: normalise, branch, drop, add. */
final class SublayerPass implements AutoCloseable {
  private final Sublayer sublayer;
  private final Side side;
  private final TransformerHost host;
  private final Branch branch;
  private final Values x;
  private final Values moments;
  private final Values normal;
  private final Values y;
  private Dropout dropout = Dropout.NONE;

  /**
   * @param x what it reads, `[width, positions]`
   */
  SublayerPass(Sublayer sublayer, Side side, Branch branch, Values x, TransformerHost host) {
    this.sublayer = sublayer;
    this.side = side;
    this.host = host;
    this.branch = branch;
    this.x = x;
    this.moments = side.take(2);
    this.normal = side.take(side.shape().width());
    this.y = side.take(side.shape().width());
  }

  /** What it gives, `[width, positions]`. */
  Values result() {
    return y;
  }

  Branch branch() {
    return branch;
  }

  void forward(Phase phase) {
    side.normalisation().forward(x, host.affine(sublayer.norm()), moments, normal);
    branch.forward(phase, normal, side.branch());
    dropout = host.dropout(phase, side.dropout().residual(), sublayer.name());
    side.passes().join(x, side.branch(), bias(), dropout, y);
  }

  /** Turns the side's gradient of what it gives into that of what it reads. */
  void backward() {
    side.passes()
        .joinGradient(side.streamGradient(), dropout, biasGradient(), side.branchGradient());
    branch.backward(normal, side.branch(), side.branchGradient(), side.normalGradient());
    side.normalisation()
        .backward(
            x,
            host.affine(sublayer.norm()),
            moments,
            side.normalGradient(),
            host.affineGradient(sublayer.norm()),
            side.streamGradient(),
            Into.ADD);
  }

  private boolean hasBias() {
    return sublayer.kind() == Sublayer.Kind.FEED_FORWARD;
  }

  private Values bias() {
    return hasBias() ? host.parameters(sublayer.outer() + Sublayer.BIAS) : null;
  }

  private Values biasGradient() {
    return hasBias() ? host.gradients(sublayer.outer() + Sublayer.BIAS) : null;
  }

  @Override
  public void close() {
    branch.close();
  }
}

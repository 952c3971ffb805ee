package org.espalier.engine.transformer;

import java.util.Map;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.TokenPasses;

/** {@code W2 dropout(max(W1 x + b1, 0))}, position by position. */
final class FeedForwardBranch implements Branch {
  private final Sublayer sublayer;
  private final TransformerHost host;
  private final TokenPasses passes;
  private final double rate;
  private final Projection inner;
  private final Projection outer;
  private final Values hidden;
  private final Values hiddenGradient;

  FeedForwardBranch(Sublayer sublayer, Side side, TransformerHost host) {
    TransformerShape shape = side.shape();
    this.sublayer = sublayer;
    this.host = host;
    this.passes = side.passes();
    this.rate = side.dropout().rectified();
    this.inner =
        side.project(host, sublayer.inner(), shape.feedForward(), shape.width(), Into.REPLACE);
    this.outer =
        side.project(host, sublayer.outer(), shape.width(), shape.feedForward(), Into.REPLACE);
    this.hidden = side.take(shape.feedForward());
    this.hiddenGradient = side.hiddenGradient();
  }

  @Override
  public void forward(Phase phase, Values x, Values y) {
    inner.forward(phase, x, hidden);
    passes.rectify(
        hidden,
        host.parameters(sublayer.inner() + Sublayer.BIAS),
        host.dropout(phase, rate, sublayer.inner()));
    outer.forward(phase, hidden, y);
  }

  @Override
  public void backward(Values x, Values y, Values delta, Values inputGradient) {
    outer.backward(hidden, y, delta, hiddenGradient);
    passes.rectifyGradient(
        hidden, rate, hiddenGradient, host.gradients(sublayer.inner() + Sublayer.BIAS));
    inner.backward(x, hidden, hiddenGradient, inputGradient);
  }

  @Override
  public Map<String, Projection> projections() {
    return Map.of(sublayer.inner(), inner, sublayer.outer(), outer);
  }
}

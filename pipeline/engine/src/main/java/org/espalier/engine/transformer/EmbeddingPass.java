package org.espalier.engine.transformer;

import org.espalier.base.Refusal;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.Dropout;
import org.espalier.engine.weights.WeightTensor;

/**
 * Tokens of both sides to vectors: rows of the table times the root of the width, positions, and
 * for the source the space of the target. The tokens of both sides are looked up at once, so every
 * occurrence in a batch has noise of its own.
 */
final class EmbeddingPass {
  private static final String SOURCE = "source";
  private static final String TARGET = "target";

  private final Transformer network;
  private final Side source;
  private final Side target;
  private final Sinusoids sinusoids;
  private final TransformerHost host;
  private final WeightTensor table;
  private final Values tokens;
  private final Values rows;
  private final Values targets;
  private final Part ofSource;
  private final Part ofTarget;

  /** One side's part of what is looked up, and what becomes of it. */
  private record Part(
      Values tokens, Values factors, Values positions, Values rows, Values result) {}

  EmbeddingPass(
      Transformer network, Side source, Side target, Sinusoids sinusoids, TransformerHost host) {
    this.network = network;
    this.source = source;
    this.target = target;
    this.sinusoids = sinusoids;
    this.host = host;
    this.table = host.weights(Transformer.TABLE);
    int count = source.positions() + target.positions();
    int width = network.shape().width();
    this.tokens = source.takeValues(count);
    this.rows = source.takeValues(Math.multiplyExact(count, width));
    this.targets = target.take(1);
    this.ofSource = part(source, 0);
    this.ofTarget = part(target, source.positions());
  }

  private Part part(Side side, int from) {
    int width = network.shape().width();
    return new Part(
        tokens.part(from, side.positions()),
        side.take(1),
        side.take(1),
        rows.part(from * width, side.positions() * width),
        side.take(width));
  }

  /** The encoder's input, `[width, positions]`. */
  Values ofSource() {
    return ofSource.result();
  }

  /** The decoder's input, `[width, positions]`. */
  Values ofTarget() {
    return ofTarget.result();
  }

  /** The tokens of the target themselves, `[positions]`. */
  Values targets() {
    return targets;
  }

  /** Reads the tokens of a batch. */
  void read(TokenArrays sources, TokenArrays given) {
    copy(sources, source, ofSource, ofSource.tokens());
    copy(given, target, ofTarget, targets);
    for (int t = 0; t < source.positions(); t++) {
      ofSource.factors().set(t, factor(ofSource.tokens().get(t)));
    }
    Values segments = target.segments();
    for (int t = 0; t < target.positions(); t++) {
      boolean continues =
          t % target.length() > 0 && segments.get(t) > 0 && segments.get(t - 1) == segments.get(t);
      double before = continues ? targets.get(t - 1) : 0;
      ofTarget.tokens().set(t, before);
      ofTarget.factors().set(t, factor(before));
    }
  }

  private void copy(TokenArrays from, Side side, Part to, Values ids) {
    Values values = host.kernels().values(from.array());
    from.copyIds(values, side.length(), ids);
    from.copySegments(values, side.length(), side.segments());
    from.copyPositions(values, side.length(), to.positions());
  }

  /** Padding is embedded as zeros. */
  private double factor(double token) {
    return token == 0 ? 0 : Math.sqrt(network.shape().width());
  }

  void forward(Phase phase) {
    if (phase == Phase.TRAINING) {
      table.trainRows(tokens, rows);
    } else {
      table.evaluateRows(tokens, rows);
    }
    int places = 1 + Math.max(furthest(ofSource), furthest(ofTarget));
    embed(source, ofSource, places, space(host.parameters(Transformer.SPACE)), phase, SOURCE);
    embed(target, ofTarget, places, null, phase, TARGET);
  }

  private static int furthest(Part part) {
    double furthest = 0;
    for (int t = 0; t < part.positions().length(); t++) {
      double position = part.positions().get(t);
      if (!(position >= 0) || position != Math.rint(position)) {
        throw new Refusal(
            "Cannot place a token at position %s: positions are whole numbers from 0."
                .formatted(position));
      }
      furthest = Math.max(furthest, position);
    }
    return (int) furthest;
  }

  private void embed(Side side, Part part, int places, Values addend, Phase phase, String place) {
    side.passes()
        .embed(
            part.rows(),
            part.factors(),
            part.positions(),
            sinusoids.of(places),
            addend,
            dropout(phase, place),
            part.result());
  }

  private Values space(Values spaces) {
    int width = network.shape().width();
    return spaces.part(Transformer.GERMAN * width, width);
  }

  private Dropout dropout(Phase phase, String place) {
    return host.dropout(phase, network.dropout().residual(), place);
  }

  /** Adds to the gradient of the table, which the scores have overwritten. */
  void backward() {
    Values spaces = host.gradients(Transformer.SPACE);
    spaces.fill(0);
    source
        .passes()
        .embedGradient(
            source.streamGradient(),
            ofSource.factors(),
            dropout(Phase.TRAINING, SOURCE),
            space(spaces),
            ofSource.rows());
    target
        .passes()
        .embedGradient(
            target.streamGradient(),
            ofTarget.factors(),
            dropout(Phase.TRAINING, TARGET),
            null,
            ofTarget.rows());
    table.backwardRows(tokens, rows);
  }
}

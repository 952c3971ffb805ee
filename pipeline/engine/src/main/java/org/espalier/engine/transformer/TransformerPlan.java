package org.espalier.engine.transformer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.AttentionShape.Reach;
import org.espalier.engine.kernel.sequence.LayerNormalisation;
import org.espalier.engine.kernel.sequence.SequenceKernels;
import org.espalier.engine.kernel.sequence.TokenPasses;
import org.espalier.engine.kernel.sequence.TokenScores;

/** The passes of a Transformer for batches of one shape. Their memory is not its own. */
final class TransformerPlan implements AutoCloseable {
  private final TransformerHost host;
  private final LayerNormalisation normalisation;
  private final TokenScores tokenScores;
  private final Side source;
  private final Side target;
  private final EmbeddingPass embedding;
  private final AttentionScratch ofEncoder;
  private final AttentionScratch ofDecoder;
  private final AttentionScratch across;
  private final List<SublayerPass> encoder = new ArrayList<>();
  private final List<SublayerPass> decoder = new ArrayList<>();
  private final Values sourceMoments;
  private final Values targetMoments;
  private final AttentionBranch.Memory memory;
  private final Projection table;
  private final Values scores;
  private final Values losses;
  private final Values labels;
  private final Values predictions;
  private final Map<String, Projection> projections = new HashMap<>();

  TransformerPlan(
      Transformer network,
      BatchShape batch,
      ActivationMemory activations,
      Sinusoids sinusoids,
      TransformerHost host) {
    this.host = host;
    SequenceKernels kernels = new SequenceKernels(host.kernels());
    this.normalisation = kernels.normalisation();
    this.tokenScores = kernels.scores();
    TokenPasses passes = kernels.passes();
    int sequences = batch.sequences();
    this.source = new Side(network, sequences, batch.source(), activations, normalisation, passes);
    this.target = new Side(network, sequences, batch.target(), activations, normalisation, passes);
    this.embedding = new EmbeddingPass(network, source, target, sinusoids, host);
    this.ofEncoder = new AttentionScratch(source, source, Reach.SEGMENT, kernels);
    this.ofDecoder = new AttentionScratch(target, target, Reach.BEFORE, kernels);
    this.across = new AttentionScratch(target, source, Reach.SEGMENT, kernels);
    TransformerShape shape = network.shape();
    this.sourceMoments = source.take(2);
    this.targetMoments = target.take(2);
    this.memory =
        new AttentionBranch.Memory(source.take(shape.width()), source.take(shape.width()));
    add(Sublayer.ofEncoder(shape), source, embedding.ofSource(), encoder);
    add(Sublayer.ofDecoder(shape), target, embedding.ofTarget(), decoder);
    this.table =
        Projection.fresh(
            host, Transformer.TABLE, shape.tokens(), shape.width(), target.positions());
    this.scores = target.take(shape.tokens());
    this.losses = target.take(1);
    this.labels = target.take(1);
    this.predictions = target.take(2);
    projections.put(Transformer.TABLE, table);
  }

  private void add(List<Sublayer> sublayers, Side side, Values first, List<SublayerPass> to) {
    Values x = first;
    for (Sublayer sublayer : sublayers) {
      Branch branch = branch(sublayer, side);
      SublayerPass pass = new SublayerPass(sublayer, side, branch, x, host);
      to.add(pass);
      projections.putAll(branch.projections());
      x = pass.result();
    }
  }

  private Branch branch(Sublayer sublayer, Side side) {
    return switch (sublayer.kind()) {
      case SELF_ATTENTION -> new AttentionBranch(sublayer, side, side, null, ofEncoder, host);
      case CAUSAL_ATTENTION -> new AttentionBranch(sublayer, side, side, null, ofDecoder, host);
      case ENCODER_ATTENTION -> new AttentionBranch(sublayer, side, source, memory, across, host);
      case FEED_FORWARD -> new FeedForwardBranch(sublayer, side, host);
    };
  }

  /** Values per example of sequences of the longest length that a step of training holds. */
  static long activations(Transformer network) {
    TransformerShape shape = network.shape();
    long perAttention = 8L * shape.width() + (long) shape.heads() * shape.length();
    long perFeedForward = 2L * shape.width() + shape.feedForward();
    long ofLayer = 3 * perAttention + 2 * perFeedForward;
    long shared = 24L * shape.width() + 2L * shape.feedForward() + shape.tokens();
    return shape.length() * (shape.layers() * ofLayer + shared);
  }

  /** What {@link #encode} has computed, `[width, positions of the source]`. */
  Values encoded() {
    return memory.states();
  }

  /** Positions of a source sequence. */
  int sourceLength() {
    return source.length();
  }

  /** The segments of the source's positions. */
  Values sourceSegments() {
    return source.segments();
  }

  /** Positions of a target sequence. */
  int targetLength() {
    return target.length();
  }

  /**
   * Reads the tokens of a batch and computes the states of the decoder.
   *
   * @param states `[width, positions]`, overwritten
   */
  void forward(Phase phase, TokenArrays sources, TokenArrays targets, Values states) {
    encode(phase, sources, targets);
    decoder.forEach(pass -> pass.forward(phase));
    normalisation.forward(
        last(decoder), host.affine(Transformer.DECODER_NORM), targetMoments, states);
  }

  /** Reads the tokens of a batch and computes what the decoder attends to, see {@link #encoded}. */
  void encode(Phase phase, TokenArrays sources, TokenArrays targets) {
    embedding.read(sources, targets);
    embedding.forward(phase);
    encoder.forEach(pass -> pass.forward(phase));
    normalisation.forward(
        last(encoder), host.affine(Transformer.ENCODER_NORM), sourceMoments, memory.states());
  }

  private static Values last(List<SublayerPass> passes) {
    return passes.get(passes.size() - 1).result();
  }

  /**
   * The gradients of the training pass before, behind those of the scores.
   *
   * @param delta gradient of the states
   */
  void backward(Values delta) {
    normalisation.backward(
        last(decoder),
        host.affine(Transformer.DECODER_NORM),
        targetMoments,
        delta,
        host.affineGradient(Transformer.DECODER_NORM),
        target.streamGradient(),
        Into.REPLACE);
    memory.gradient().fill(0);
    backward(decoder);
    normalisation.backward(
        last(encoder),
        host.affine(Transformer.ENCODER_NORM),
        sourceMoments,
        memory.gradient(),
        host.affineGradient(Transformer.ENCODER_NORM),
        source.streamGradient(),
        Into.REPLACE);
    backward(encoder);
    embedding.backward();
  }

  private static void backward(List<SublayerPass> passes) {
    for (int i = passes.size() - 1; i >= 0; i--) {
      passes.get(i).backward();
    }
  }

  /** The scores of all tokens at every position of the target, `[tokens, positions]`. */
  Values score(Phase phase, Values ofStates) {
    table.forward(phase, ofStates, scores);
    return scores;
  }

  /** The gradient of the states from that in place of the scores; overwrites the table's. */
  void differentiateScores(Values ofStates, Values stateGradient) {
    table.backward(ofStates, scores, scores, stateGradient);
  }

  TokenScores tokenScores() {
    return tokenScores;
  }

  /** The tokens of the target, `[positions]`. */
  Values targets() {
    return embedding.targets();
  }

  /** Memory for a loss per position. */
  Values losses() {
    return losses;
  }

  /** Memory for a label per position. */
  Values labels() {
    return labels;
  }

  /** Memory for two numbers per position. */
  Values predictions() {
    return predictions;
  }

  /** Whether the last pass left the masked weights of a matrix out. */
  boolean leavesOut(String key) {
    return projections.get(key).leavesOut();
  }

  @Override
  public void close() {
    encoder.forEach(SublayerPass::close);
    decoder.forEach(SublayerPass::close);
    table.close();
    ofEncoder.close();
    ofDecoder.close();
    across.close();
  }
}

package org.espalier.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.Attention;
import org.espalier.engine.kernel.sequence.AttentionShape;
import org.espalier.engine.kernel.sequence.AttentionShape.Reach;
import org.espalier.engine.kernel.sequence.Dropout;
import org.espalier.engine.kernel.sequence.LayerNormalisation;
import org.espalier.engine.kernel.sequence.SequenceKernels;
import org.espalier.engine.kernel.sequence.TokenPasses;
import org.espalier.engine.layer.ReferenceCase;
import org.espalier.engine.sparse.SharedPanels;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The passes of a Transformer in float64 beside what an independent implementation computed. */
class TransformerReferenceTest {
  private static final String FILE = "transformer.json";
  private static final SharedPanels PANELS = new SharedPanels();
  private static final SequenceKernels KERNELS = new SequenceKernels(Kernels.reference());

  /** Positions `[batch, length, features]` feature by feature. */
  private static Values features(INDArray positions) {
    long features = positions.size(positions.rank() - 1);
    return values(positions.reshape('c', positions.length() / features, features).transpose());
  }

  private static Values values(INDArray array) {
    INDArray copy = array.dup('c');
    Values values = Values.doubles((int) copy.length());
    for (int i = 0; i < values.length(); i++) {
      values.set(i, copy.getDouble(i));
    }
    return values;
  }

  private static Values like(Values values) {
    return Values.doubles(values.length());
  }

  private static INDArray array(Values values) {
    INDArray array = Nd4j.create(DataType.DOUBLE, values.length());
    for (int i = 0; i < values.length(); i++) {
      array.putScalar(i, values.get(i));
    }
    return array;
  }

  private static void requirePositions(String what, Values actual, INDArray expected) {
    INDArray wanted = array(features(expected));
    ReferenceCase.requireEqual(what, array(actual), wanted);
  }

  private static void requireMatrix(String what, Values actual, INDArray expected) {
    ReferenceCase.requireEqual(what, array(actual), array(values(expected.transpose())));
  }

  @Test
  void layerNormalisation() throws IOException {
    ReferenceCase given = ReferenceCase.of(FILE, "layerNorm");
    assertThat(given.number("epsilon")).isEqualTo(LayerNormalisation.EPSILON);
    Values x = features(given.array("x"));
    LayerNormalisation.Affine affine =
        new LayerNormalisation.Affine(values(given.array("gain")), values(given.array("bias")));
    LayerNormalisation.Affine gradient =
        new LayerNormalisation.Affine(like(affine.gain()), like(affine.shift()));
    Values moments = Values.doubles(2 * x.length() / affine.gain().length());
    Values y = like(x);
    Values dx = like(x);
    LayerNormalisation normalisation = KERNELS.normalisation();
    normalisation.forward(x, affine, moments, y);
    requirePositions("output", y, given.array("output"));
    Values delta = features(given.array("cotangent"));
    normalisation.backward(x, affine, moments, delta, gradient, dx, Into.REPLACE);
    ReferenceCase wanted = given.in("gradients");
    requirePositions("x", dx, wanted.array("x"));
    ReferenceCase.requireEqual("gain", array(gradient.gain()), wanted.array("gain"));
    ReferenceCase.requireEqual("bias", array(gradient.shift()), wanted.array("bias"));
  }

  @Test
  void selfAttention() throws IOException {
    attention(ReferenceCase.of(FILE, "selfAttention"), Reach.SEGMENT);
  }

  @Test
  void causalAttention() throws IOException {
    attention(ReferenceCase.of(FILE, "causalAttention"), Reach.BEFORE);
  }

  private static void attention(ReferenceCase given, Reach reach) {
    INDArray input = given.array("x");
    int width = (int) input.size(2);
    int length = (int) input.size(1);
    int sequences = (int) input.size(0);
    int heads = (int) given.number("heads");
    Values x = features(input);
    FeatureMap replacing =
        new FeatureMap(Kernels.reference(), width, width, sequences * length, Into.REPLACE, PANELS);
    FeatureMap adding =
        new FeatureMap(Kernels.reference(), width, width, sequences * length, Into.ADD, PANELS);
    Map<String, Values> weights = new LinkedHashMap<>();
    for (String key : new String[] {"wq", "wk", "wv", "wo"}) {
      weights.put(key, values(given.array(key).transpose()));
    }
    Attention.Operands operands = new Attention.Operands(like(x), like(x), like(x));
    replacing.forward(x, weights.get("wq"), operands.queries());
    replacing.forward(x, weights.get("wk"), operands.keys());
    replacing.forward(x, weights.get("wv"), operands.values());
    AttentionShape shape =
        new AttentionShape(sequences, length, length, heads, width / heads, reach);
    Attention attention = KERNELS.attention(shape);
    Values segments = values(given.array("segments"));
    Values kept = Values.doubles(shape.weights());
    Values together = like(x);
    attention.forward(
        operands, new Attention.Segments(segments, segments), kept, Dropout.NONE, together);
    Values y = like(x);
    replacing.forward(together, weights.get("wo"), y);
    requirePositions("output", y, given.array("output"));

    ReferenceCase wanted = given.in("gradients");
    Values delta = features(given.array("cotangent"));
    Values dw = like(weights.get("wo"));
    replacing.backwardWeights(together, delta, dw);
    requireMatrix("wo", dw, wanted.array("wo"));
    Values dTogether = like(x);
    replacing.backwardInput(delta, weights.get("wo"), dTogether);
    Attention.Operands gradients = new Attention.Operands(like(x), like(x), like(x));
    attention.backward(operands, kept, Dropout.NONE, dTogether, gradients);
    Values dx = like(x);
    replacing.backwardInput(gradients.queries(), weights.get("wq"), dx);
    adding.backwardInput(gradients.keys(), weights.get("wk"), dx);
    adding.backwardInput(gradients.values(), weights.get("wv"), dx);
    requirePositions("x", dx, wanted.array("x"));
    replacing.backwardWeights(x, gradients.queries(), dw);
    requireMatrix("wq", dw, wanted.array("wq"));
    replacing.backwardWeights(x, gradients.keys(), dw);
    requireMatrix("wk", dw, wanted.array("wk"));
    replacing.backwardWeights(x, gradients.values(), dw);
    requireMatrix("wv", dw, wanted.array("wv"));
  }

  @Test
  void feedForward() throws IOException {
    ReferenceCase given = ReferenceCase.of(FILE, "feedForward");
    Values x = features(given.array("x"));
    int width = (int) given.array("w1").size(0);
    int hidden = (int) given.array("w1").size(1);
    int positions = x.length() / width;
    FeatureMap inner =
        new FeatureMap(Kernels.reference(), hidden, width, positions, Into.REPLACE, PANELS);
    FeatureMap outer =
        new FeatureMap(Kernels.reference(), width, hidden, positions, Into.REPLACE, PANELS);
    Values w1 = values(given.array("w1").transpose());
    Values w2 = values(given.array("w2").transpose());
    TokenPasses passes = KERNELS.passes();
    Values h = Values.doubles(hidden * positions);
    inner.forward(x, w1, h);
    passes.rectify(h, values(given.array("b1")), Dropout.NONE);
    Values branch = like(x);
    outer.forward(h, w2, branch);
    Values y = like(x);
    passes.join(like(x), branch, values(given.array("b2")), Dropout.NONE, y);
    requirePositions("output", y, given.array("output"));

    ReferenceCase wanted = given.in("gradients");
    Values delta = like(x);
    Values db2 = Values.doubles(width);
    passes.joinGradient(features(given.array("cotangent")), Dropout.NONE, db2, delta);
    ReferenceCase.requireEqual("b2", array(db2), wanted.array("b2"));
    Values dw = like(w2);
    outer.backwardWeights(h, delta, dw);
    requireMatrix("w2", dw, wanted.array("w2"));
    Values dh = like(h);
    outer.backwardInput(delta, w2, dh);
    Values db1 = Values.doubles(hidden);
    passes.rectifyGradient(h, 0, dh, db1);
    ReferenceCase.requireEqual("b1", array(db1), wanted.array("b1"));
    inner.backwardWeights(x, dh, dw);
    requireMatrix("w1", dw, wanted.array("w1"));
    Values dx = like(x);
    inner.backwardInput(dh, w1, dx);
    requirePositions("x", dx, wanted.array("x"));
  }

  @Test
  void smoothedLoss() throws IOException {
    ReferenceCase given = ReferenceCase.of(FILE, "smoothedLossTransformer");
    INDArray logits = given.array("logits");
    Values scores = features(logits);
    Values labels = values(given.array("gold"));
    int counted = 0;
    for (int i = 0; i < labels.length(); i++) {
      if (given.array("weights").getDouble(i) == 0) {
        labels.set(i, -1);
      } else {
        counted++;
      }
    }
    double scale = given.array("cotangent").getDouble(0) / counted;
    Values losses = like(labels);
    Smoothing smoothing = new Smoothing(Smoothing.Kind.OTHER_CLASSES, given.number("smoothing"));
    double sum = KERNELS.scores().differentiate(scores, labels, smoothing, scale, losses);
    ReferenceCase.requireEqual("output", sum / counted, given.array("output").getDouble(0));
    requirePositions("logits", scores, given.in("gradients").array("logits"));
  }
}

package org.espalier.engine.kernel.sequence;

import java.util.Arrays;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.LaneMath;
import org.espalier.engine.kernel.LossPasses;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.kernel.Team;
import org.espalier.engine.kernel.Values;

/**
 * {@link TokenScores} of blocks of positions, some tokens at a time, which stay in the nearest
 * cache: the scores are read once for the sums of exponentials, relative to the highest score so
 * far, and once more for what is made of them. Gradients are drawn towards zero by 1e-30, so that
 * none is subnormal on its way down.
 */
final class FastTokenScores implements TokenScores {
  private static final int BLOCK = 128;
  private static final int TOKENS = 32;
  private static final float VANISHING = 1e-30f;

  private final LaneMath math;
  private final Team.Part judging = this::judge;
  private final Team.Part predicting = this::predict;
  private final Team.Part turning = this::turn;
  private Scratch[] scratch = {};
  private int positions;
  private int tokens;
  private FloatValues scores;
  private Values labels;
  private Values result;
  private float[] turned;
  private Smoothing smoothing;
  private double scale;

  FastTokenScores(LaneMath math) {
    this.math = math;
  }

  /** Arrays of one thread. */
  private static final class Scratch {
    final float[] x = new float[BLOCK * TOKENS + LaneMath.PADDING];
    final float[] highest = new float[BLOCK];
    final float[] before = new float[BLOCK + LaneMath.PADDING];
    final float[] row = new float[BLOCK];
    final float[] factors = new float[BLOCK];
    final double[] exponentials = new double[BLOCK];
    final double[] totals = new double[BLOCK];
    final int[] likeliest = new int[BLOCK];
  }

  private void run(Values given, int count, Team.Part part) {
    positions = count;
    tokens = given.rows(count);
    scores = FloatValues.require(given);
    Team team = Team.ofThread();
    while (scratch.length < team.size()) {
      scratch = Arrays.copyOf(scratch, scratch.length + 1);
      scratch[scratch.length - 1] = new Scratch();
    }
    team.run((positions + BLOCK - 1) / BLOCK, part);
  }

  private int length(int block) {
    return Math.min(BLOCK, positions - block * BLOCK);
  }

  @Override
  public double differentiate(
      Values given, Values truth, Smoothing smoothed, double factor, Values losses) {
    labels = truth;
    smoothing = smoothed;
    scale = factor;
    result = losses;
    run(given, truth.length(), judging);
    double sum = 0;
    for (int t = 0; t < positions; t++) {
      sum += losses.get(t);
    }
    return sum;
  }

  private void judge(int block, int member) {
    Scratch s = scratch[member];
    int from = block * BLOCK;
    int count = length(block);
    addUp(s, from, count);
    double low = smoothing.low(tokens);
    double span = smoothing.high(tokens) - low;
    for (int i = 0; i < count; i++) {
      double label = labels.get(from + i);
      double norm = s.highest[i] + Math.log(s.exponentials[i]);
      boolean counted = LossPasses.isCounted(label);
      s.factors[i] = counted ? (float) scale : 0f;
      s.row[i] = (float) norm;
      double loss = 0;
      if (counted) {
        int gold = LossPasses.requireClass(label, tokens);
        loss = norm - low * s.totals[i] - span * scores.get(gold * positions + from + i);
      }
      result.set(from + i, loss);
    }
    toGradient(s, from, count, (float) low);
    for (int i = 0; i < count; i++) {
      if (s.factors[i] != 0) {
        int gold = (int) labels.get(from + i);
        int at = gold * positions + from + i;
        scores.set(at, scores.get(at) - scale * span);
      }
    }
  }

  /** The highest score of every position, the sums of exponentials relative to it, of scores. */
  private void addUp(Scratch s, int from, int count) {
    Arrays.fill(s.highest, Float.NEGATIVE_INFINITY);
    Arrays.fill(s.exponentials, 0);
    Arrays.fill(s.totals, 0);
    for (int v = 0; v < tokens; v += TOKENS) {
      int rows = Math.min(TOKENS, tokens - v);
      read(s, v, rows, from, count);
      System.arraycopy(s.highest, 0, s.before, 0, count);
      Arrays.fill(s.row, 0f);
      for (int r = 0; r < rows; r++) {
        math.raise(s.highest, s.x, r * count, count);
        math.add(s.row, 0, s.x, r * count, count);
      }
      math.addWeighted(s.row, 1, s.totals, 0, count);
      subtract(s.before, 0, s.highest, count);
      math.exp(s.before, count);
      for (int i = 0; i < count; i++) {
        s.exponentials[i] *= s.before[i];
      }
      for (int r = 0; r < rows; r++) {
        subtract(s.x, r * count, s.highest, count);
      }
      math.exp(s.x, rows * count);
      Arrays.fill(s.row, 0f);
      for (int r = 0; r < rows; r++) {
        math.add(s.row, 0, s.x, r * count, count);
      }
      math.addWeighted(s.row, 1, s.exponentials, 0, count);
    }
  }

  private void read(Scratch s, int token, int rows, int from, int count) {
    for (int r = 0; r < rows; r++) {
      scores.read((token + r) * positions + from, s.x, r * count, count);
    }
  }

  /** The gradient but for the labels' own part, from the logarithms of the norms in the row. */
  private void toGradient(Scratch s, int from, int count, float low) {
    for (int v = 0; v < tokens; v += TOKENS) {
      int rows = Math.min(TOKENS, tokens - v);
      read(s, v, rows, from, count);
      for (int r = 0; r < rows; r++) {
        subtract(s.x, r * count, s.row, count);
      }
      math.exp(s.x, rows * count);
      for (int r = 0; r < rows; r++) {
        slope(s.x, r * count, s.factors, low, count);
        scores.write((v + r) * positions + from, s.x, r * count, count);
      }
    }
  }

  private static void subtract(float[] x, int at, float[] row, int count) {
    for (int i = 0; i < count; i++) {
      x[at + i] -= row[i];
    }
  }

  private static void slope(float[] x, int at, float[] factors, float low, int count) {
    for (int i = 0; i < count; i++) {
      float slope = factors[i] * (x[at + i] - low);
      x[at + i] = Math.max(slope - VANISHING, 0f) + Math.min(slope + VANISHING, 0f);
    }
  }

  @Override
  public void predict(Values given, Values actual, Values to) {
    labels = actual;
    result = to;
    run(given, actual.length(), predicting);
  }

  private void predict(int block, int member) {
    Scratch s = scratch[member];
    int from = block * BLOCK;
    int count = length(block);
    addUp(s, from, count);
    findLikeliest(s, from, count);
    for (int i = 0; i < count; i++) {
      int token = (int) labels.get(from + i);
      boolean known = token >= 0 && token < tokens;
      double norm = s.highest[i] + Math.log(s.exponentials[i]);
      double log = known ? scores.get(token * positions + from + i) - norm : 0;
      result.set(from + i, log);
      result.set(positions + from + i, s.likeliest[i]);
    }
  }

  private void findLikeliest(Scratch s, int from, int count) {
    Arrays.fill(s.likeliest, -1);
    for (int v = 0; v < tokens; v++) {
      scores.read(v * positions + from, s.row, count);
      for (int i = 0; i < count; i++) {
        if (s.row[i] == s.highest[i] && s.likeliest[i] < 0) {
          s.likeliest[i] = v;
        }
      }
    }
  }

  @Override
  public void logProbabilities(Values given, int count, float[] to) {
    turned = to;
    run(given, count, turning);
  }

  private void turn(int block, int member) {
    Scratch s = scratch[member];
    int from = block * BLOCK;
    int count = length(block);
    addUp(s, from, count);
    for (int i = 0; i < count; i++) {
      s.factors[i] = (float) (s.highest[i] + Math.log(s.exponentials[i]));
    }
    for (int v = 0; v < tokens; v += TOKENS) {
      int rows = Math.min(TOKENS, tokens - v);
      read(s, v, rows, from, count);
      for (int i = 0; i < count; i++) {
        int at = (from + i) * tokens + v;
        for (int r = 0; r < rows; r++) {
          turned[at + r] = s.x[r * count + i] - s.factors[i];
        }
      }
    }
  }
}

package org.espalier.engine.kernel.sequence;

import java.util.Arrays;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.LaneMath;
import org.espalier.engine.kernel.Team;
import org.espalier.engine.kernel.Values;

/**
 * {@link TokenPasses} a feature at a time, in loops over tokens that the compiler vectorises;
 * embedded tokens turn some features at a time.
 */
final class FastTokenPasses implements TokenPasses {
  /** Features that turn together: they fill a cache line of a token's row. */
  private static final int TOGETHER = 16;

  /** Values of a piece, at most, where nothing fixes it. */
  private static final int PIECE = 2048;

  /** Two factors of this make at least 1 of every positive float32. */
  private static final float HUGE = 0x1p127f;

  private final LaneMath math;
  private final Team.Part embedding = this::embed;
  private final Team.Part differentiating = this::embedGradient;
  private final Team.Part rectifying = this::rectify;
  private final Team.Part gating = this::rectifyGradient;
  private final Team.Part joining = this::join;
  private final Team.Part parting = this::joinGradient;
  private Scratch[] scratch = {};
  private int tokens;
  private int features;
  private FloatValues first;
  private FloatValues second;
  private FloatValues result;
  private FloatValues places;
  private FloatValues bias;
  private FloatValues sums;
  private Dropout dropout;
  private float factor;
  private float[] factors = {};
  private int[] positions = {};

  FastTokenPasses(LaneMath math) {
    this.math = math;
  }

  /** Arrays of one thread. */
  private static final class Scratch {
    float[] x = {};
    float[] other = {};
    float[] uniforms = {};
    float[] turned = {};
    final float[] piece = new float[TOGETHER];

    void hold(int tokens) {
      if (turned.length < TOGETHER * tokens) {
        x = new float[tokens + LaneMath.PADDING];
        other = new float[tokens + LaneMath.PADDING];
        uniforms = new float[tokens + LaneMath.PADDING];
        turned = new float[TOGETHER * tokens];
      }
    }
  }

  private void run(int parts, Team.Part part) {
    Team team = Team.ofThread();
    while (scratch.length < team.size()) {
      scratch = Arrays.copyOf(scratch, scratch.length + 1);
      scratch[scratch.length - 1] = new Scratch();
    }
    for (Scratch each : scratch) {
      each.hold(tokens);
    }
    team.run(parts, part);
  }

  private static FloatValues optional(Values values) {
    return values == null ? null : FloatValues.require(values);
  }

  private int groups() {
    return (features + TOGETHER - 1) / TOGETHER;
  }

  private void readFactors(Values given) {
    tokens = given.length();
    if (factors.length < tokens) {
      factors = new float[tokens];
      positions = new int[tokens];
    }
    FloatValues.require(given).read(0, factors, tokens);
  }

  @Override
  public void embed(
      Values rows,
      Values by,
      Values at,
      Values placeVectors,
      Values addend,
      Dropout dropping,
      Values y) {
    readFactors(by);
    features = rows.rows(tokens);
    first = FloatValues.require(rows);
    places = FloatValues.require(placeVectors);
    bias = optional(addend);
    dropout = dropping;
    result = FloatValues.require(y);
    for (int t = 0; t < tokens; t++) {
      positions[t] = (int) at.get(t);
    }
    run(groups(), embedding);
  }

  private void embed(int group, int member) {
    Scratch s = scratch[member];
    int from = group * TOGETHER;
    int count = Math.min(TOGETHER, features - from);
    for (int t = 0; t < tokens; t++) {
      first.read(t * features + from, s.x, count);
      places.read(positions[t] * features + from, s.piece, count);
      for (int j = 0; j < count; j++) {
        s.turned[j * tokens + t] = factors[t] * s.x[j] + s.piece[j];
      }
    }
    for (int j = 0; j < count; j++) {
      System.arraycopy(s.turned, j * tokens, s.x, 0, tokens);
      if (bias != null) {
        add(s.x, (float) bias.get(from + j), tokens);
      }
      dropout.apply(s.x, (from + j) * tokens, tokens, s.uniforms, math);
      result.write((from + j) * tokens, s.x, tokens);
    }
  }

  private static void add(float[] x, float number, int count) {
    for (int i = 0; i < count; i++) {
      x[i] += number;
    }
  }

  @Override
  public void embedGradient(
      Values delta, Values by, Dropout dropping, Values addendGradient, Values rowsGradient) {
    readFactors(by);
    features = delta.rows(tokens);
    first = FloatValues.require(delta);
    dropout = dropping;
    sums = optional(addendGradient);
    result = FloatValues.require(rowsGradient);
    run(groups(), differentiating);
  }

  private void embedGradient(int group, int member) {
    Scratch s = scratch[member];
    int from = group * TOGETHER;
    int count = Math.min(TOGETHER, features - from);
    for (int j = 0; j < count; j++) {
      int at = (from + j) * tokens;
      first.read(at, s.x, tokens);
      dropout.apply(s.x, at, tokens, s.uniforms, math);
      System.arraycopy(s.x, 0, s.turned, j * tokens, tokens);
      if (sums != null) {
        sums.set(from + j, FloatSums.of(s.x, tokens));
      }
    }
    for (int t = 0; t < tokens; t++) {
      for (int j = 0; j < count; j++) {
        s.piece[j] = factors[t] * s.turned[j * tokens + t];
      }
      result.write(t * features + from, s.piece, count);
    }
  }

  private void rows(Values x, int count) {
    features = count;
    tokens = x.rows(count);
  }

  @Override
  public void rectify(Values h, Values toAdd, Dropout dropping) {
    rows(h, toAdd.length());
    result = FloatValues.require(h);
    bias = FloatValues.require(toAdd);
    dropout = dropping;
    run(features, rectifying);
  }

  private void rectify(int feature, int member) {
    Scratch s = scratch[member];
    int at = feature * tokens;
    result.read(at, s.x, tokens);
    addAndRectify(s.x, (float) bias.get(feature), tokens);
    dropout.apply(s.x, at, tokens, s.uniforms, math);
    result.write(at, s.x, tokens);
  }

  private static void addAndRectify(float[] x, float number, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = Math.max(x[i] + number, 0f);
    }
  }

  @Override
  public void rectifyGradient(Values h, double rate, Values delta, Values biasGradient) {
    rows(h, biasGradient.length());
    first = FloatValues.require(h);
    result = FloatValues.require(delta);
    sums = FloatValues.require(biasGradient);
    factor = (float) (1 / (1 - rate));
    run(features, gating);
  }

  private void rectifyGradient(int feature, int member) {
    Scratch s = scratch[member];
    int at = feature * tokens;
    result.read(at, s.x, tokens);
    first.read(at, s.other, tokens);
    gate(s.x, s.other, factor, tokens);
    result.write(at, s.x, tokens);
    sums.set(feature, FloatSums.of(s.x, tokens));
  }

  private static void gate(float[] delta, float[] output, float factor, int count) {
    for (int i = 0; i < count; i++) {
      delta[i] *= factor * Math.min(output[i] * HUGE * HUGE, 1f);
    }
  }

  @Override
  public void join(Values x, Values branch, Values toAdd, Dropout dropping, Values y) {
    rows(x, toAdd == null ? pieces(x) : toAdd.length());
    first = FloatValues.require(x);
    second = FloatValues.require(branch);
    bias = optional(toAdd);
    dropout = dropping;
    result = FloatValues.require(y);
    run(features, joining);
  }

  /** Into how many pieces values are cut where nothing fixes it. */
  private static int pieces(Values x) {
    int rows = 1;
    while (x.length() / rows > PIECE && x.length() % (2 * rows) == 0) {
      rows *= 2;
    }
    return rows;
  }

  private void join(int feature, int member) {
    Scratch s = scratch[member];
    int at = feature * tokens;
    second.read(at, s.x, tokens);
    if (bias != null) {
      add(s.x, (float) bias.get(feature), tokens);
    }
    dropout.apply(s.x, at, tokens, s.uniforms, math);
    first.read(at, s.other, tokens);
    math.add(s.x, 0, s.other, 0, tokens);
    result.write(at, s.x, tokens);
  }

  @Override
  public void joinGradient(
      Values delta, Dropout dropping, Values biasGradient, Values branchGradient) {
    rows(delta, biasGradient == null ? pieces(delta) : biasGradient.length());
    first = FloatValues.require(delta);
    dropout = dropping;
    sums = optional(biasGradient);
    result = FloatValues.require(branchGradient);
    run(features, parting);
  }

  private void joinGradient(int feature, int member) {
    Scratch s = scratch[member];
    int at = feature * tokens;
    first.read(at, s.x, tokens);
    dropout.apply(s.x, at, tokens, s.uniforms, math);
    result.write(at, s.x, tokens);
    if (sums != null) {
      sums.set(feature, FloatSums.of(s.x, tokens));
    }
  }
}

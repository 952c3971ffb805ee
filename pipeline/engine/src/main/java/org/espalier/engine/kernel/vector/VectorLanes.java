package org.espalier.engine.kernel.vector;

import static org.espalier.engine.kernel.FloatMath.HIGHEST_EXPONENT;
import static org.espalier.engine.kernel.FloatMath.LN2_HIGH;
import static org.espalier.engine.kernel.FloatMath.LN2_LOW;
import static org.espalier.engine.kernel.FloatMath.LOG2_E;
import static org.espalier.engine.kernel.FloatMath.LOWEST_EXPONENT;
import static org.espalier.engine.kernel.FloatMath.MINUS_QUARTER_TURN;
import static org.espalier.engine.kernel.FloatMath.ROUNDER;
import static org.espalier.engine.kernel.FloatMath.SQRT_HALF_BITS;
import static org.espalier.engine.kernel.vector.Coefficients.EXP_0;
import static org.espalier.engine.kernel.vector.Coefficients.EXP_1;
import static org.espalier.engine.kernel.vector.Coefficients.EXP_2;
import static org.espalier.engine.kernel.vector.Coefficients.EXP_3;
import static org.espalier.engine.kernel.vector.Coefficients.EXP_4;
import static org.espalier.engine.kernel.vector.Coefficients.EXP_5;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_0;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_1;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_2;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_3;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_4;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_5;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_6;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_7;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_8;
import static org.espalier.engine.kernel.vector.Coefficients.ROUNDER_BITS;
import static org.espalier.engine.kernel.vector.Coefficients.SIN_0;
import static org.espalier.engine.kernel.vector.Coefficients.SIN_1;
import static org.espalier.engine.kernel.vector.Coefficients.SIN_2;
import static org.espalier.engine.kernel.vector.Species.FLOATS;
import static org.espalier.engine.kernel.vector.Species.HALF;
import static org.espalier.engine.kernel.vector.Species.INTS;
import static org.espalier.engine.kernel.vector.Species.LANES;
import static org.espalier.engine.kernel.vector.Species.broadcast;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.engine.kernel.AdamLanes;
import org.espalier.engine.kernel.GateLanes;
import org.espalier.engine.kernel.LaneMath;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.kernel.VariationalLanes;
import org.espalier.engine.kernel.sparse.SparseLanes;

/** {@link LaneMath} in the CPU's lanes. */
public final class VectorLanes implements LaneMath {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final float TO_UNIT = 0x1.0p-24f;
  private static final int MIX_1 = 0x7feb352d;
  private static final int MIX_2 = 0x846ca68b;
  private static final IntVector COUNT = IntVector.broadcast(INTS, 0).addIndex(1);

  private final VariationalLanes variational = new VectorVariational();
  private final SparseLanes sparse = LANES < 8 ? new SparseLanes() : new VectorSparse();
  private final GateLanes gates = new VectorGates();
  private final Apart.Loop clamping = VectorLanes::clamp;
  private final Apart.Loop exponentials = VectorLanes::exponentials;
  private final Apart.Loop logarithms = (x, count) -> logarithms(x, count, 1, 0f, 1f);
  private final Apart.Loop radii = (x, count) -> logarithms(x, count / 2, 2, TO_UNIT, -2f);
  private final Apart.Loop sines = VectorLanes::sines;
  private final Apart.Loop turns = VectorLanes::turns;
  private final Apart.Loop sums = VectorLanes::sumsOfEight;
  private final Apart.Loop products = VectorLanes::productsOfEight;

  /** How many numbers are computed at a time. */
  @Override
  public String toString() {
    return LANES + " lanes";
  }

  @Override
  public VariationalLanes variational() {
    return variational;
  }

  @Override
  public SparseLanes sparse() {
    return sparse;
  }

  @Override
  public GateLanes gates() {
    return gates;
  }

  @Override
  public AdamLanes adam(UpdateRule.Adam rule) {
    return new VectorAdam(rule);
  }

  @Override
  public void exp(float[] x, int count) {
    Apart.call(clamping, x, count);
    Apart.call(exponentials, x, count);
  }

  @Override
  public void expWithin(float[] x, int count) {
    Apart.call(exponentials, x, count);
  }

  @Override
  public void log(float[] x, int count) {
    Apart.call(logarithms, x, count);
  }

  @Override
  public void addEights(float[] x, int count) {
    Apart.call(sums, x, count);
  }

  @Override
  public void multiplyEights(float[] x, int count) {
    Apart.call(products, x, count);
  }

  @Override
  public void normals(float[] x, int count) {
    Apart.call(radii, x, count);
    Apart.call(sines, x, count);
    Apart.call(turns, x, count);
  }

  private static void sumsOfEight(float[] x, int count) {
    for (int group = 0; group < count; group += EIGHTS) {
      for (int at = group; at < group + PADDING; at += LANES) {
        FloatVector.fromArray(FLOATS, x, at)
            .add(FloatVector.fromArray(FLOATS, x, at + 1 * PADDING))
            .add(FloatVector.fromArray(FLOATS, x, at + 2 * PADDING))
            .add(FloatVector.fromArray(FLOATS, x, at + 3 * PADDING))
            .add(FloatVector.fromArray(FLOATS, x, at + 4 * PADDING))
            .add(FloatVector.fromArray(FLOATS, x, at + 5 * PADDING))
            .add(FloatVector.fromArray(FLOATS, x, at + 6 * PADDING))
            .add(FloatVector.fromArray(FLOATS, x, at + 7 * PADDING))
            .intoArray(x, group / 8 + at - group);
      }
    }
  }

  private static void productsOfEight(float[] x, int count) {
    for (int group = 0; group < count; group += EIGHTS) {
      for (int at = group; at < group + PADDING; at += LANES) {
        FloatVector.fromArray(FLOATS, x, at)
            .mul(FloatVector.fromArray(FLOATS, x, at + 1 * PADDING))
            .mul(FloatVector.fromArray(FLOATS, x, at + 2 * PADDING))
            .mul(FloatVector.fromArray(FLOATS, x, at + 3 * PADDING))
            .mul(FloatVector.fromArray(FLOATS, x, at + 4 * PADDING))
            .mul(FloatVector.fromArray(FLOATS, x, at + 5 * PADDING))
            .mul(FloatVector.fromArray(FLOATS, x, at + 6 * PADDING))
            .mul(FloatVector.fromArray(FLOATS, x, at + 7 * PADDING))
            .intoArray(x, group / 8 + at - group);
      }
    }
  }

  private static void clamp(float[] x, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, i);
      FloatVector above = v.blend(LOWEST_EXPONENT, v.lt(LOWEST_EXPONENT));
      VectorMask<Float> high = above.compare(VectorOperators.GT, HIGHEST_EXPONENT);
      above.blend(HIGHEST_EXPONENT, high).intoArray(x, i);
    }
  }

  /** {@code exp} of numbers within [-87, 88]. */
  static void exponentials(float[] x, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, i);
      FloatVector shifted = v.fma(broadcast(LOG2_E), broadcast(ROUNDER));
      FloatVector n = shifted.sub(ROUNDER);
      FloatVector r = n.fma(broadcast(-LN2_LOW), n.fma(broadcast(-LN2_HIGH), v));
      FloatVector polynomial =
          r.fma(broadcast(EXP_0), broadcast(EXP_1))
              .fma(r, broadcast(EXP_2))
              .fma(r, broadcast(EXP_3))
              .fma(r, broadcast(EXP_4))
              .fma(r, broadcast(EXP_5));
      FloatVector y = polynomial.fma(r.mul(r), r).add(1f);
      IntVector power = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
      y.mul(power.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
          .intoArray(x, i);
    }
  }

  /**
   * {@code scale * ln(x + shift)} of {@code count} numbers.
   *
   * @param spread 1 for numbers one after the other, 2 for the first half of every group
   */
  private static void logarithms(float[] x, int count, int spread, float shift, float scale) {
    for (int i = 0; i < count; i += LANES) {
      int at = spread * (i & -HALF) + (i & (HALF - 1));
      FloatVector v = FloatVector.fromArray(FLOATS, x, at).add(shift);
      IntVector shifted = v.reinterpretAsInts().sub(SQRT_HALF_BITS);
      FloatVector e =
          (FloatVector) shifted.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
      FloatVector f = shifted.and(0x7fffff).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1f);
      FloatVector z = f.mul(f);
      FloatVector polynomial =
          f.fma(broadcast(LOG_0), broadcast(LOG_1))
              .fma(f, broadcast(LOG_2))
              .fma(f, broadcast(LOG_3))
              .fma(f, broadcast(LOG_4))
              .fma(f, broadcast(LOG_5))
              .fma(f, broadcast(LOG_6))
              .fma(f, broadcast(LOG_7))
              .fma(f, broadcast(LOG_8));
      FloatVector y = z.fma(broadcast(-0.5f), polynomial.mul(f).fma(z, e.mul(LN2_LOW)));
      v.fma(broadcast(0f), e.fma(broadcast(LN2_HIGH), f.add(y))).mul(scale).intoArray(x, at);
    }
  }

  @Override
  public void add(float[] to, int at, float[] x, int from, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector.fromArray(FLOATS, to, at + i)
          .add(FloatVector.fromArray(FLOATS, x, from + i))
          .intoArray(to, at + i);
    }
    for (; i < count; i++) {
      to[at + i] += x[from + i];
    }
  }

  @Override
  public void raise(float[] largest, float[] x, int from, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector.fromArray(FLOATS, largest, i)
          .max(FloatVector.fromArray(FLOATS, x, from + i))
          .intoArray(largest, i);
    }
    for (; i < count; i++) {
      largest[i] = Math.max(largest[i], x[from + i]);
    }
  }

  @Override
  public void share(float[] largest, float[] left, float[] x, int from, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, from + i);
      FloatVector rest = FloatVector.fromArray(FLOATS, left, i);
      FloatVector taken = rest.blend(0f, v.lt(FloatVector.fromArray(FLOATS, largest, i)));
      taken.intoArray(x, from + i);
      rest.sub(taken).intoArray(left, i);
    }
    for (; i < count; i++) {
      float taken = x[from + i] < largest[i] ? 0f : left[i];
      x[from + i] = taken;
      left[i] -= taken;
    }
  }

  @Override
  public void addWeighted(float[] x, double weight, double[] sums, int from, int count) {
    int i = 0;
    for (; i + LANES <= count; i += DOUBLES.length()) {
      DoubleVector wide = (DoubleVector) FloatVector.fromArray(FLOATS, x, i).castShape(DOUBLES, 0);
      DoubleVector.fromArray(DOUBLES, sums, from + i)
          .add(wide.mul(weight))
          .intoArray(sums, from + i);
    }
    for (; i < count; i++) {
      sums[from + i] += x[i] * weight;
    }
  }

  /** Writes quotients with zeros behind them, which the next quotients replace. */
  @Override
  public void divide(double[] sums, int from, double by, float[] x, int count) {
    int i = 0;
    for (; i + LANES <= count; i += DOUBLES.length()) {
      DoubleVector quotients = DoubleVector.fromArray(DOUBLES, sums, from + i).div(by);
      ((FloatVector) quotients.castShape(FLOATS, 0)).intoArray(x, i);
    }
    for (; i < count; i++) {
      x[i] = (float) (sums[from + i] / by);
    }
  }

  private static void sines(float[] x, int count) {
    for (int pair = 0; pair < count / 2; pair += LANES) {
      int at = first(pair) + HALF;
      FloatVector turn = FloatVector.fromArray(FLOATS, x, at);
      FloatVector angle = turn.sub(0.5f).mul(MINUS_QUARTER_TURN);
      FloatVector z = angle.mul(angle);
      FloatVector polynomial = z.fma(broadcast(SIN_0), broadcast(SIN_1)).fma(z, broadcast(SIN_2));
      polynomial.mul(z).fma(angle, angle).intoArray(x, at);
    }
  }

  private static void turns(float[] x, int count) {
    for (int pair = 0; pair < count / 2; pair += LANES) {
      int at = first(pair);
      FloatVector radius = FloatVector.fromArray(FLOATS, x, at).lanewise(VectorOperators.SQRT);
      FloatVector sine = FloatVector.fromArray(FLOATS, x, at + HALF);
      FloatVector square = sine.mul(sine);
      FloatVector cosine = square.mul(-1f).add(1f).lanewise(VectorOperators.SQRT);
      FloatVector half = sine.mul(cosine).mul(2f);
      FloatVector rest = square.mul(-2f).add(1f);
      half.mul(half).mul(2f).sub(1f).mul(radius).intoArray(x, at);
      half.mul(rest).mul(2f).mul(radius).intoArray(x, at + HALF);
    }
  }

  /** Where the first number of a pair lies: pairs are numbered through the groups. */
  private static int first(int pair) {
    return 2 * (pair & -HALF) + (pair & (HALF - 1));
  }

  @Override
  public void uniforms(int first, int second, int from, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      IntVector a = COUNT.add(from + i + first);
      IntVector b = a.lanewise(VectorOperators.XOR, a.lanewise(VectorOperators.LSHR, 16));
      IntVector c = b.mul(MIX_1);
      IntVector d = c.lanewise(VectorOperators.XOR, c.lanewise(VectorOperators.LSHR, 15));
      IntVector e = d.mul(MIX_2);
      IntVector f = e.lanewise(VectorOperators.XOR, e.lanewise(VectorOperators.LSHR, 16));
      IntVector g = f.lanewise(VectorOperators.XOR, second);
      IntVector h = g.lanewise(VectorOperators.XOR, g.lanewise(VectorOperators.LSHR, 16));
      IntVector j = h.mul(MIX_1);
      IntVector k = j.lanewise(VectorOperators.XOR, j.lanewise(VectorOperators.LSHR, 15));
      IntVector l = k.mul(MIX_2);
      IntVector m = l.lanewise(VectorOperators.XOR, l.lanewise(VectorOperators.LSHR, 16));
      FloatVector bits =
          (FloatVector) m.lanewise(VectorOperators.LSHR, 8).convert(VectorOperators.I2F, 0);
      bits.mul(TO_UNIT).intoArray(to, i);
    }
  }
}

package org.espalier.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.FloatMath;
import org.espalier.kernel.LaneMath;

/**
 * {@link LaneMath} in the CPU's lanes.
 *
 * <p>All floats are of one species, also where half of the lanes would do: once vectors of two have
 * met in a method such as {@code intoArray}, the compiler does not know any more which one comes,
 * and allocates them.
 */
public final class VectorLanes implements LaneMath {
  private static final VectorSpecies<Float> FLOATS = widest();
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int GROUP = 32;
  private static final int HALF = GROUP / 2;
  private static final float TO_UNIT = 0x1.0p-24f;
  private static final int MIX_1 = 0x7feb352d;
  private static final int MIX_2 = 0x846ca68b;
  private static final float EXP_0 = FloatMath.expCoefficients()[0];
  private static final float EXP_1 = FloatMath.expCoefficients()[1];
  private static final float EXP_2 = FloatMath.expCoefficients()[2];
  private static final float EXP_3 = FloatMath.expCoefficients()[3];
  private static final float EXP_4 = FloatMath.expCoefficients()[4];
  private static final float EXP_5 = FloatMath.expCoefficients()[5];
  private static final float LOG_0 = FloatMath.logCoefficients()[0];
  private static final float LOG_1 = FloatMath.logCoefficients()[1];
  private static final float LOG_2 = FloatMath.logCoefficients()[2];
  private static final float LOG_3 = FloatMath.logCoefficients()[3];
  private static final float LOG_4 = FloatMath.logCoefficients()[4];
  private static final float LOG_5 = FloatMath.logCoefficients()[5];
  private static final float LOG_6 = FloatMath.logCoefficients()[6];
  private static final float LOG_7 = FloatMath.logCoefficients()[7];
  private static final float LOG_8 = FloatMath.logCoefficients()[8];
  private static final float SIN_0 = FloatMath.sinCoefficients()[0];
  private static final float SIN_1 = FloatMath.sinCoefficients()[1];
  private static final float SIN_2 = FloatMath.sinCoefficients()[2];
  private static final IntVector COUNT = IntVector.broadcast(INTS, 0).addIndex(1);
  private static final int ROUNDER_BITS = Float.floatToRawIntBits(FloatMath.ROUNDER);

  /** At most {@value #HALF} lanes: pairs of normal numbers lie that far apart. */
  private static VectorSpecies<Float> widest() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return preferred.length() <= HALF ? preferred : FloatVector.SPECIES_512;
  }

  /** How many numbers are computed at a time. */
  @Override
  public String toString() {
    return LANES + " lanes";
  }

  /** A loop over an array, compiled apart from what calls it. */
  private interface Loop {
    void run(float[] x, int count);
  }

  private static final int WARM_UP = 20_000;
  private static final int CLAMP = 0;
  private static final int EXP = 1;
  private static final int LOG = 2;
  private static final int RADII = 3;
  private static final int SINES = 4;
  private static final int TURNS = 5;
  private static final int SUMS = 6;
  private static final int PRODUCTS = 7;

  private final Loop[] loops = {
    VectorLanes::clamp,
    VectorLanes::exponentials,
    (x, count) -> logarithms(x, count, 1, 0f, 1f),
    (x, count) -> logarithms(x, count / 2, 2, TO_UNIT, -2f),
    VectorLanes::sines,
    VectorLanes::turns,
    VectorLanes::sumsOfEight,
    VectorLanes::productsOfEight
  };

  /** Finds out how many lanes there are. */
  public VectorLanes() {
    Loop[] nothing = {(x, count) -> {}, (x, count) -> {}};
    for (int i = 0; i < WARM_UP; i++) {
      call(nothing[i & 1], null, 0);
    }
  }

  /**
   * The one place where loops are called. Having seen two that do nothing, the compiler knows it
   * for a call with many targets and inlines none of them: inlined into a long pass, vectors would
   * no longer be kept in registers but allocated. For the same reason no loop hands a vector to a
   * method of this class: once that is compiled by itself and large, it is not inlined any more.
   */
  private static void call(Loop loop, float[] x, int count) {
    loop.run(x, count);
  }

  @Override
  public void exp(float[] x, int count) {
    call(loops[CLAMP], x, count);
    call(loops[EXP], x, count);
  }

  @Override
  public void expWithin(float[] x, int count) {
    call(loops[EXP], x, count);
  }

  @Override
  public void log(float[] x, int count) {
    call(loops[LOG], x, count);
  }

  @Override
  public void addEights(float[] x, int count) {
    call(loops[SUMS], x, count);
  }

  @Override
  public void multiplyEights(float[] x, int count) {
    call(loops[PRODUCTS], x, count);
  }

  @Override
  public void normals(float[] x, int count) {
    call(loops[RADII], x, count);
    roots(x, count);
    call(loops[SINES], x, count);
    call(loops[TURNS], x, count);
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
      FloatVector above = v.blend(FloatMath.LOWEST_EXPONENT, v.lt(FloatMath.LOWEST_EXPONENT));
      VectorMask<Float> high = above.compare(VectorOperators.GT, FloatMath.HIGHEST_EXPONENT);
      above.blend(FloatMath.HIGHEST_EXPONENT, high).intoArray(x, i);
    }
  }

  private static void exponentials(float[] x, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, i);
      FloatVector shifted = v.mul(FloatMath.LOG2_E).add(FloatMath.ROUNDER);
      FloatVector n = shifted.sub(FloatMath.ROUNDER);
      FloatVector r = v.sub(n.mul(FloatMath.LN2_HIGH)).sub(n.mul(FloatMath.LN2_LOW));
      FloatVector polynomial =
          r.mul(EXP_0)
              .add(EXP_1)
              .mul(r)
              .add(EXP_2)
              .mul(r)
              .add(EXP_3)
              .mul(r)
              .add(EXP_4)
              .mul(r)
              .add(EXP_5);
      FloatVector y = polynomial.mul(r.mul(r)).add(r).add(1f);
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
      IntVector shifted = v.reinterpretAsInts().sub(FloatMath.SQRT_HALF_BITS);
      FloatVector e =
          (FloatVector) shifted.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
      FloatVector f =
          shifted.and(0x7fffff).add(FloatMath.SQRT_HALF_BITS).reinterpretAsFloats().sub(1f);
      FloatVector z = f.mul(f);
      FloatVector polynomial =
          f.mul(LOG_0)
              .add(LOG_1)
              .mul(f)
              .add(LOG_2)
              .mul(f)
              .add(LOG_3)
              .mul(f)
              .add(LOG_4)
              .mul(f)
              .add(LOG_5)
              .mul(f)
              .add(LOG_6)
              .mul(f)
              .add(LOG_7)
              .mul(f)
              .add(LOG_8);
      FloatVector y = polynomial.mul(f).mul(z).add(e.mul(FloatMath.LN2_LOW)).sub(z.mul(0.5f));
      f.add(y).add(e.mul(FloatMath.LN2_HIGH)).add(v.mul(0f)).mul(scale).intoArray(x, at);
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

  private static void roots(float[] x, int count) {
    for (int group = 0; group < count; group += GROUP) {
      for (int at = group; at < group + HALF; at++) {
        x[at] = (float) Math.sqrt(x[at]);
      }
    }
  }

  private static void sines(float[] x, int count) {
    for (int pair = 0; pair < count / 2; pair += LANES) {
      int at = first(pair) + HALF;
      FloatVector turn = FloatVector.fromArray(FLOATS, x, at);
      FloatVector angle = turn.sub(0.5f).mul(FloatMath.MINUS_QUARTER_TURN);
      FloatVector z = angle.mul(angle);
      FloatVector polynomial = z.mul(SIN_0).add(SIN_1).mul(z).add(SIN_2);
      polynomial.mul(z).mul(angle).add(angle).intoArray(x, at);
    }
  }

  private static void turns(float[] x, int count) {
    for (int pair = 0; pair < count / 2; pair += LANES) {
      int at = first(pair);
      FloatVector radius = FloatVector.fromArray(FLOATS, x, at);
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

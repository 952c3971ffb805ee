package org.espalier.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.FloatMath;
import org.espalier.kernel.LaneMath;

/** {@link LaneMath} in the CPU's lanes. */
public final class VectorLanes implements LaneMath {
  private static final VectorSpecies<Float> FLOATS = widest();
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> NARROW =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));
  private static final int LANES = FLOATS.length();
  private static final int GROUP = 32;
  private static final int HALF = GROUP / 2;
  private static final float TO_UNIT = 0x1.0p-24f;
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
  private static final int EXP = 0;
  private static final int LOG = 1;
  private static final int RADII = 2;
  private static final int SINES = 3;
  private static final int TURNS = 4;
  private static final int EXP_WITHIN = 5;
  private static final int SUMS = 6;
  private static final int PRODUCTS = 7;

  private final Loop[] loops = {
    VectorLanes::exponentials,
    VectorLanes::logarithms,
    VectorLanes::radii,
    VectorLanes::sines,
    VectorLanes::turns,
    VectorLanes::exponentialsWithin,
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
   * no longer be kept in registers but allocated.
   */
  private static void call(Loop loop, float[] x, int count) {
    loop.run(x, count);
  }

  @Override
  public void exp(float[] x, int count) {
    call(loops[EXP], x, count);
  }

  @Override
  public void expWithin(float[] x, int count) {
    call(loops[EXP_WITHIN], x, count);
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
        load(x, at, 0)
            .add(load(x, at, 1))
            .add(load(x, at, 2))
            .add(load(x, at, 3))
            .add(load(x, at, 4))
            .add(load(x, at, 5))
            .add(load(x, at, 6))
            .add(load(x, at, 7))
            .intoArray(x, group / 8 + at - group);
      }
    }
  }

  private static void productsOfEight(float[] x, int count) {
    for (int group = 0; group < count; group += EIGHTS) {
      for (int at = group; at < group + PADDING; at += LANES) {
        load(x, at, 0)
            .mul(load(x, at, 1))
            .mul(load(x, at, 2))
            .mul(load(x, at, 3))
            .mul(load(x, at, 4))
            .mul(load(x, at, 5))
            .mul(load(x, at, 6))
            .mul(load(x, at, 7))
            .intoArray(x, group / 8 + at - group);
      }
    }
  }

  private static FloatVector load(float[] x, int at, int row) {
    return FloatVector.fromArray(FLOATS, x, at + row * PADDING);
  }

  private static void exponentials(float[] x, int count) {
    for (int i = 0; i < count; i += LANES) {
      exp(FloatVector.fromArray(FLOATS, x, i)).intoArray(x, i);
    }
  }

  private static void exponentialsWithin(float[] x, int count) {
    for (int i = 0; i < count; i += LANES) {
      expWithin(FloatVector.fromArray(FLOATS, x, i)).intoArray(x, i);
    }
  }

  @Override
  public void addWeighted(float[] x, double weight, double[] sums, int from, int count) {
    int whole = DOUBLES.loopBound(count);
    for (int i = 0; i < whole; i += DOUBLES.length()) {
      DoubleVector wide = (DoubleVector) FloatVector.fromArray(NARROW, x, i).castShape(DOUBLES, 0);
      DoubleVector.fromArray(DOUBLES, sums, from + i)
          .add(wide.mul(weight))
          .intoArray(sums, from + i);
    }
    for (int i = whole; i < count; i++) {
      sums[from + i] += x[i] * weight;
    }
  }

  @Override
  public void divide(double[] sums, int from, double by, float[] x, int count) {
    int whole = DOUBLES.loopBound(count);
    for (int i = 0; i < whole; i += DOUBLES.length()) {
      DoubleVector quotients = DoubleVector.fromArray(DOUBLES, sums, from + i).div(by);
      ((FloatVector) quotients.castShape(NARROW, 0)).intoArray(x, i);
    }
    for (int i = whole; i < count; i++) {
      x[i] = (float) (sums[from + i] / by);
    }
  }

  private static void logarithms(float[] x, int count) {
    for (int i = 0; i < count; i += LANES) {
      log(FloatVector.fromArray(FLOATS, x, i)).intoArray(x, i);
    }
  }

  private static void radii(float[] x, int count) {
    for (int group = 0; group < count; group += GROUP) {
      for (int at = group; at < group + HALF; at += LANES) {
        FloatVector u = FloatVector.fromArray(FLOATS, x, at).add(TO_UNIT);
        log(u).mul(-2f).intoArray(x, at);
      }
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
    for (int group = HALF; group < count; group += GROUP) {
      for (int at = group; at < group + HALF; at += LANES) {
        FloatVector turn = FloatVector.fromArray(FLOATS, x, at);
        FloatVector angle = turn.sub(0.5f).mul(FloatMath.MINUS_QUARTER_TURN);
        FloatVector z = angle.mul(angle);
        sinPolynomial(z).mul(z).mul(angle).add(angle).intoArray(x, at);
      }
    }
  }

  private static void turns(float[] x, int count) {
    for (int group = 0; group < count; group += GROUP) {
      for (int at = group; at < group + HALF; at += LANES) {
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
  }

  @Override
  public void uniforms(int first, int second, int from, float[] to, int count) {
    for (int i = 0; i < count; i += LANES) {
      bits(first, second, from + i).mul(TO_UNIT).intoArray(to, i);
    }
  }

  private static FloatVector bits(int first, int second, int index) {
    IntVector indices = COUNT.add(index + first);
    IntVector mixed = mix(mix(indices).lanewise(VectorOperators.XOR, second));
    return (FloatVector) mixed.lanewise(VectorOperators.LSHR, 8).convert(VectorOperators.I2F, 0);
  }

  private static IntVector mix(IntVector bits) {
    IntVector x = shiftXor(bits, 16).mul(0x7feb352d);
    return shiftXor(shiftXor(x, 15).mul(0x846ca68b), 16);
  }

  private static IntVector shiftXor(IntVector x, int by) {
    return x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, by));
  }

  private static FloatVector exp(FloatVector x) {
    FloatVector above = x.blend(FloatMath.LOWEST_EXPONENT, x.lt(FloatMath.LOWEST_EXPONENT));
    VectorMask<Float> high = above.compare(VectorOperators.GT, FloatMath.HIGHEST_EXPONENT);
    return expWithin(above.blend(FloatMath.HIGHEST_EXPONENT, high));
  }

  private static FloatVector expWithin(FloatVector x) {
    FloatVector shifted = x.mul(FloatMath.LOG2_E).add(FloatMath.ROUNDER);
    FloatVector n = shifted.sub(FloatMath.ROUNDER);
    FloatVector r = x.sub(n.mul(FloatMath.LN2_HIGH)).sub(n.mul(FloatMath.LN2_LOW));
    FloatVector y = expPolynomial(r).mul(r.mul(r)).add(r).add(1f);
    IntVector power = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
    return y.mul(power.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
  }

  private static FloatVector log(FloatVector x) {
    IntVector shifted = x.reinterpretAsInts().sub(FloatMath.SQRT_HALF_BITS);
    FloatVector e =
        (FloatVector) shifted.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
    FloatVector f =
        shifted.and(0x7fffff).add(FloatMath.SQRT_HALF_BITS).reinterpretAsFloats().sub(1f);
    FloatVector z = f.mul(f);
    FloatVector y = logPolynomial(f).mul(f).mul(z).add(e.mul(FloatMath.LN2_LOW)).sub(z.mul(0.5f));
    return f.add(y).add(e.mul(FloatMath.LN2_HIGH)).add(x.mul(0f));
  }

  private static FloatVector expPolynomial(FloatVector x) {
    return FloatVector.broadcast(FLOATS, EXP_0)
        .mul(x)
        .add(EXP_1)
        .mul(x)
        .add(EXP_2)
        .mul(x)
        .add(EXP_3)
        .mul(x)
        .add(EXP_4)
        .mul(x)
        .add(EXP_5);
  }

  private static FloatVector logPolynomial(FloatVector x) {
    return FloatVector.broadcast(FLOATS, LOG_0)
        .mul(x)
        .add(LOG_1)
        .mul(x)
        .add(LOG_2)
        .mul(x)
        .add(LOG_3)
        .mul(x)
        .add(LOG_4)
        .mul(x)
        .add(LOG_5)
        .mul(x)
        .add(LOG_6)
        .mul(x)
        .add(LOG_7)
        .mul(x)
        .add(LOG_8);
  }

  private static FloatVector sinPolynomial(FloatVector x) {
    return FloatVector.broadcast(FLOATS, SIN_0).mul(x).add(SIN_1).mul(x).add(SIN_2);
  }
}

package org.espalier.engine.kernel;

/**
 * Elementary functions of float32 out of additions, multiplications and fused multiply-adds alone,
 * with the polynomials of the Cephes library (Moshier 1992). Unlike the intrinsics of the JVM they
 * give the same bits in the interpreter, in compiled code and in vector lanes.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // The digits are those of the source.
public final class FloatMath {
  /** Adding and subtracting this rounds to the nearest integer. */
  public static final float ROUNDER = 0x1.8p23f;

  /**
   * A turn less a half, times this, is a quarter of the angle from the turn to half a turn; its
   * sine and cosine, doubled twice, are those of the turn itself, the cosine with the other sign.
   */
  public static final float MINUS_QUARTER_TURN = (float) (-Math.PI / 2);

  public static final float LOWEST_EXPONENT = -87f;
  public static final float HIGHEST_EXPONENT = 88f;
  public static final float LOG2_E = 1.44269504088896341f;
  public static final float LN2_HIGH = 0.693359375f;
  public static final float LN2_LOW = -2.12194440e-4f;
  public static final float SQRT_HALF = 0.707106781186547524f;
  public static final int SQRT_HALF_BITS = 0x3f3504f3;

  static final float[] EXP = {
    1.9875691500E-4f,
    1.3981999507E-3f,
    8.3334519073E-3f,
    4.1665795894E-2f,
    1.6666665459E-1f,
    5.0000001201E-1f
  };
  static final float[] LOG = {
    7.0376836292E-2f,
    -1.1514610310E-1f,
    1.1676998740E-1f,
    -1.2420140846E-1f,
    1.4249322787E-1f,
    -1.6668057665E-1f,
    2.0000714765E-1f,
    -2.4999993993E-1f,
    3.3333331174E-1f
  };
  static final float[] SIN = {-1.9515295891E-4f, 8.3321608736E-3f, -1.6666654611E-1f};

  private FloatMath() {}

  /** The coefficients of a polynomial, highest power first. */
  public static float[] expCoefficients() {
    return EXP.clone();
  }

  /** The coefficients of the logarithm's polynomial, highest power first. */
  public static float[] logCoefficients() {
    return LOG.clone();
  }

  /** The coefficients of the sine's polynomial, highest power first. */
  public static float[] sinCoefficients() {
    return SIN.clone();
  }

  static float exp(float argument) {
    float above = argument < LOWEST_EXPONENT ? LOWEST_EXPONENT : argument;
    return expWithin(above > HIGHEST_EXPONENT ? HIGHEST_EXPONENT : above);
  }

  /** The exponential of an argument within [-87, 88]. */
  static float expWithin(float x) {
    float shifted = Math.fma(x, LOG2_E, ROUNDER);
    float n = shifted - ROUNDER;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float y = Math.fma(polynomial(EXP, r), r * r, r) + 1f;
    int power = Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(ROUNDER);
    return y * Float.intBitsToFloat((power + 127) << 23);
  }

  static float log(float x) {
    int shifted = Float.floatToRawIntBits(x) - SQRT_HALF_BITS;
    float e = shifted >> 23;
    float f = Float.intBitsToFloat((shifted & 0x7fffff) + SQRT_HALF_BITS) - 1f;
    float z = f * f;
    float y = Math.fma(z, -0.5f, Math.fma(polynomial(LOG, f) * f, z, e * LN2_LOW));
    return Math.fma(x, 0f, Math.fma(e, LN2_HIGH, f + y)); // Not a number stays one.
  }

  /** The sine of an angle in [-pi/4, pi/4]. */
  static float sin(float angle) {
    float z = angle * angle;
    return Math.fma(polynomial(SIN, z) * z, angle, angle);
  }

  private static float polynomial(float[] coefficients, float x) {
    float y = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) {
      y = Math.fma(y, x, coefficients[i]);
    }
    return y;
  }
}

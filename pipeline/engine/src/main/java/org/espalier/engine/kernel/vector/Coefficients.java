package org.espalier.engine.kernel.vector;

import org.espalier.engine.kernel.FloatMath;

/** The polynomials of {@link FloatMath}, highest power first, as constants that can be inlined. */
final class Coefficients {
  static final float EXP_0 = FloatMath.expCoefficients()[0];
  static final float EXP_1 = FloatMath.expCoefficients()[1];
  static final float EXP_2 = FloatMath.expCoefficients()[2];
  static final float EXP_3 = FloatMath.expCoefficients()[3];
  static final float EXP_4 = FloatMath.expCoefficients()[4];
  static final float EXP_5 = FloatMath.expCoefficients()[5];
  static final float LOG_0 = FloatMath.logCoefficients()[0];
  static final float LOG_1 = FloatMath.logCoefficients()[1];
  static final float LOG_2 = FloatMath.logCoefficients()[2];
  static final float LOG_3 = FloatMath.logCoefficients()[3];
  static final float LOG_4 = FloatMath.logCoefficients()[4];
  static final float LOG_5 = FloatMath.logCoefficients()[5];
  static final float LOG_6 = FloatMath.logCoefficients()[6];
  static final float LOG_7 = FloatMath.logCoefficients()[7];
  static final float LOG_8 = FloatMath.logCoefficients()[8];
  static final float SIN_0 = FloatMath.sinCoefficients()[0];
  static final float SIN_1 = FloatMath.sinCoefficients()[1];
  static final float SIN_2 = FloatMath.sinCoefficients()[2];
  static final int ROUNDER_BITS = Float.floatToRawIntBits(FloatMath.ROUNDER);

  private Coefficients() {}
}

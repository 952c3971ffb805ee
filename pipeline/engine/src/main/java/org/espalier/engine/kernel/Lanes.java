package org.espalier.engine.kernel;

/** Finds the Vector API by name, so that nothing here needs its module. */
final class Lanes {
  private static final String MODULE = "jdk.incubator.vector";
  private static final String CLASS = "org.espalier.engine.kernel.vector.VectorLanes";

  private Lanes() {}

  static LaneMath best() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return new ScalarLanes();
    }
    try {
      return Class.forName(CLASS).asSubclass(LaneMath.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      return new ScalarLanes();
    }
  }

  static String describe(LaneMath lanes) {
    return lanes instanceof ScalarLanes
        ? "plain Java (the module " + MODULE + " is absent)"
        : "the Vector API, " + lanes;
  }
}

package org.espalier.engine.kernel;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.stream;

/**
 * The one engine of oneDNN in this JVM, which lives as long as the JVM, and whether there is one.
 */
final class OneDnn {
  private OneDnn() {}

  /** Whether the library is on the class path and loads. */
  static boolean present() {
    try {
      return Holder.VERSION > 0;
    } catch (LinkageError e) {
      return false;
    }
  }

  /**
   * The instruction set that its kernels for float32 use on this CPU. What later sets add to
   * AVX-512, such as VNNI, is for other types of numbers.
   */
  static String instructions() {
    int set = dnnl.dnnl_get_effective_cpu_isa();
    if (includes(set, dnnl.dnnl_cpu_isa_avx512_core)) {
      return "avx512";
    }
    return includes(set, dnnl.dnnl_cpu_isa_avx2) ? "avx2" : "0x" + Integer.toHexString(set);
  }

  private static boolean includes(int set, int part) {
    return (set & part) == part;
  }

  static engine cpu() {
    return Holder.ENGINE;
  }

  /** A stream for one thread. */
  static stream newStream() {
    return new stream(Holder.ENGINE);
  }

  private static final class Holder {
    static final int VERSION = dnnl.dnnl_version().major();
    static final engine ENGINE = new engine(engine.kind.cpu, 0);
  }
}

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

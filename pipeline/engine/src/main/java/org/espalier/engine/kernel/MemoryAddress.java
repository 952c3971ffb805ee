package org.espalier.engine.kernel;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** A pointer that is set anew for every call, so that calls allocate nothing. */
final class MemoryAddress extends FloatPointer {
  MemoryAddress() {
    super((Pointer) null);
  }

  MemoryAddress at(long value) {
    this.address = value;
    return this;
  }
}

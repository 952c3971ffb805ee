package org.espalier.engine.kernel;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** A pointer that is set anew for every call, so that calls allocate nothing. */
final class Address extends FloatPointer {
  Address() {
    super((Pointer) null);
  }

  Address at(long value) {
    this.address = value;
    return this;
  }
}

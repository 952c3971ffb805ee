package org.espalier.engine.arithmetic;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/** The environment that native libraries of this process see, which Java itself cannot change. */
final class ProcessEnvironment {
  /** The C library's part that is needed. */
  interface CLibrary extends Library {
    /** See POSIX. */
    int setenv(String name, String value, int overwrite);
  }

  private ProcessEnvironment() {}

  /** Sets a variable for libraries that are loaded from now on; does nothing on Windows. */
  static void set(String name, String value) {
    if (!Platform.isWindows()) {
      Native.load("c", CLibrary.class).setenv(name, value, 1);
    }
  }
}

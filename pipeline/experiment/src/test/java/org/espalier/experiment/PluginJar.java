package org.espalier.experiment;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Callable;

/** A jar on the class path beside the project's own: a folder of the test resources. */
record PluginJar(String folder) {
  /** What an action gives while the jar is on the class path of this thread. */
  <T> T during(Callable<T> action) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    URL root = PluginJar.class.getResource("/" + folder + "/");
    try (URLClassLoader with = new URLClassLoader(new URL[] {root}, usual)) {
      thread.setContextClassLoader(with);
      return action.call();
    } finally {
      thread.setContextClassLoader(usual);
    }
  }
}

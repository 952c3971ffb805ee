package org.espalier.base.settings;

import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.espalier.base.Refusal;

/**
 * The implementations of an interface that {@code META-INF/services} names: in this project's jars
 * and in any other on the class path.
 */
public final class Providers {
  private Providers() {}

  /**
   * An instance of each, those of the interface's own jar first, then in the order of their lines.
   *
   * @throws Refusal if a line names a class that cannot be made
   */
  public static <V extends Variant> List<V> of(Class<V> type) {
    try {
      List<ServiceLoader.Provider<V>> found = new ArrayList<>(loader(type).stream().toList());
      found.sort(Comparator.comparing(provider -> !isBeside(type, provider.type())));
      return found.stream().map(ServiceLoader.Provider::get).toList();
    } catch (ServiceConfigurationError e) {
      throw new Refusal(
          "Cannot load what META-INF/services/%s names: %s; mend that line, or take its jar off the class path."
              .formatted(type.getName(), e.getMessage()),
          e);
    }
  }

  /** Spark gives its threads a class loader that knows the jars of --jars. */
  private static <V> ServiceLoader<V> loader(Class<V> type) {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return ServiceLoader.load(type, ofThread == null ? type.getClassLoader() : ofThread);
  }

  private static boolean isBeside(Class<?> type, Class<?> other) {
    CodeSource own = type.getProtectionDomain().getCodeSource();
    CodeSource its = other.getProtectionDomain().getCodeSource();
    return own != null && its != null && own.getLocation().equals(its.getLocation());
  }
}

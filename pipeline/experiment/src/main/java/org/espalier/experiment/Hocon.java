package org.espalier.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espalier.base.Refusal;
import org.espalier.base.settings.KeyFamily;
import org.espalier.base.settings.Settings;

/** HOCON files as texts by path, and settings as a HOCON file. */
final class Hocon {
  private Hocon() {}

  /**
   * What a resolved file says: a text by path, a list as its values with commas between them.
   *
   * @throws Refusal if a value is null
   */
  static Map<String, String> written(Config config) {
    Map<String, String> written = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
      String path = String.join(".", ConfigUtil.splitPath(entry.getKey()));
      written.put(path, text(path, entry.getValue()));
    }
    return written;
  }

  /**
   * Every key with its value, a line {@code path = value} each, as a file that can be used again.
   */
  static String text(Settings settings) {
    return settings.texts().entrySet().stream()
        .map(
            entry ->
                ConfigUtil.joinPath(elements(entry.getKey(), settings))
                    + " = "
                    + ConfigUtil.quoteString(entry.getValue())
                    + "\n")
        .collect(Collectors.joining());
  }

  /** The free part of a family's key is one element, whatever dots it contains. */
  private static List<String> elements(String path, Settings settings) {
    return settings
        .keys()
        .familyOf(path)
        .map(family -> elements(path, family))
        .orElseGet(() -> ConfigUtil.splitPath(path));
  }

  private static List<String> elements(String path, KeyFamily<?> family) {
    List<String> elements = new ArrayList<>(ConfigUtil.splitPath(family.path()));
    elements.add(family.memberOf(path));
    return elements;
  }

  private static String text(String path, ConfigValue value) {
    if (value instanceof ConfigList list) {
      return list.stream().map(element -> text(path, element)).collect(Collectors.joining(", "));
    }
    if (value.valueType() == ConfigValueType.NULL) {
      throw new Refusal(
          "Cannot read %s: it is %s where one value is expected."
              .formatted(path, value.render(ConfigRenderOptions.concise())));
    }
    return value.valueType() == ConfigValueType.STRING
        ? (String) value.unwrapped()
        : value.render(ConfigRenderOptions.concise());
  }
}

package org.espalier.dl4jspark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.espalier.base.Refusal;
import org.nd4j.shade.jackson.databind.JsonNode;

/** The fields of a JSON object; one that is missing or of another kind is refused by its name. */
record JsonFields(JsonNode node) {
  boolean has(String name) {
    return node.hasNonNull(name);
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  String text(String name) {
    return field(name, "a text", JsonNode::isTextual).textValue();
  }

  long integer(String name) {
    return field(name, "an integer", JsonNode::canConvertToLong).longValue();
  }

  double number(String name) {
    return field(name, "a number", JsonNode::isNumber).doubleValue();
  }

  JsonFields object(String name) {
    return new JsonFields(field(name, "an object", JsonNode::isObject));
  }

  byte[] bytes(String name) {
    try {
      JsonNode field = node.path(name);
      byte[] bytes = field.binaryValue();
      if (bytes != null) {
        return bytes;
      }
    } catch (IOException e) {
      throw unreadable(name, "base64", e);
    }
    throw unreadable(name, "base64", null);
  }

  private JsonNode field(String name, String kind, Predicate<JsonNode> fits) {
    JsonNode field = node.path(name);
    if (!fits.test(field)) {
      throw unreadable(name, kind, null);
    }
    return field;
  }

  private Refusal unreadable(String name, String kind, Exception cause) {
    return new Refusal(
        "Cannot read a training master from this JSON: %s must be %s and is %s."
            .formatted(name, kind, node.has(name) ? node.get(name) : "missing"),
        cause);
  }
}

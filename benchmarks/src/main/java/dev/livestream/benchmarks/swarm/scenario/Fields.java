package dev.livestream.benchmarks.swarm.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of one object of a scenario file, taken one by one; what is left over is unknown. */
final class Fields {
  private final JsonNode node;
  private final String path;
  private final Set<String> known = new HashSet<>();

  Fields(JsonNode node, String path) throws ScenarioException {
    if (!node.isObject() && !node.isMissingNode()) {
      throw new ScenarioException("'" + path + "' must be an object");
    }
    this.node = node;
    this.path = path;
  }

  private String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private JsonNode take(String name) {
    known.add(name);
    JsonNode value = node.path(name);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  double number(String name, double otherwise, double min, double max) throws ScenarioException {
    JsonNode value = take(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw new ScenarioException("'" + pathOf(name) + "' must be a number, not " + value);
    }
    double number = value.doubleValue();
    if (!(number >= min && number <= max)) {
      throw new ScenarioException(
          "'" + pathOf(name) + "' must be " + text(min) + " to " + text(max) + ", not " + value);
    }
    return number;
  }

  int integer(String name, int otherwise, int min, int max) throws ScenarioException {
    double number = number(name, otherwise, min, max);
    if (number != Math.rint(number)) {
      throw new ScenarioException("'" + pathOf(name) + "' must be a whole number");
    }
    return (int) number;
  }

  long seed(String name) throws ScenarioException {
    double number = number(name, 1, 0, 1L << 53);
    if (number != Math.rint(number)) {
      throw new ScenarioException("'" + pathOf(name) + "' must be a whole number");
    }
    return (long) number;
  }

  boolean flag(String name, boolean otherwise) throws ScenarioException {
    JsonNode value = take(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw new ScenarioException("'" + pathOf(name) + "' must be true or false, not " + value);
    }
    return value.booleanValue();
  }

  String word(String name, String otherwise) throws ScenarioException {
    JsonNode value = take(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw new ScenarioException("'" + pathOf(name) + "' must be a text, not " + value);
    }
    return value.textValue();
  }

  Fields object(String name) throws ScenarioException {
    return new Fields(take(name), pathOf(name));
  }

  boolean has(String name) {
    return node.has(name) && !node.path(name).isNull();
  }

  List<Fields> list(String name) throws ScenarioException {
    JsonNode value = take(name);
    if (!value.isArray() && !value.isMissingNode()) {
      throw new ScenarioException("'" + pathOf(name) + "' must be a list");
    }
    List<Fields> result = new ArrayList<>();
    for (JsonNode element : value) {
      result.add(new Fields(element, pathOf(name) + "." + result.size()));
    }
    return result;
  }

  String path() {
    return path;
  }

  /** Refuses what was not asked for, by its whole path. */
  void refuseOthers() throws ScenarioException {
    if (!(node instanceof ObjectNode object)) {
      return;
    }
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!known.contains(field.getKey())) {
        StringBuilder unknown = new StringBuilder(pathOf(field.getKey()));
        JsonNode inner = field.getValue();
        while (inner.isObject() && !inner.isEmpty()) {
          String name = inner.fieldNames().next();
          unknown.append('.').append(name);
          inner = inner.path(name);
        }
        throw new ScenarioException("unknown field '" + unknown + "'");
      }
    }
  }

  private static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}

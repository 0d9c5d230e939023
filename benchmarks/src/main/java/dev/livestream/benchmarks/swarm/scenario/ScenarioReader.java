package dev.livestream.benchmarks.swarm.scenario;

import static java.util.Comparator.comparingDouble;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.livestream.benchmarks.swarm.scenario.Scenario.Arrival;
import dev.livestream.benchmarks.swarm.scenario.Scenario.Delay;
import dev.livestream.benchmarks.swarm.scenario.Scenario.Event;
import dev.livestream.benchmarks.swarm.scenario.Scenario.EventKind;
import dev.livestream.benchmarks.swarm.scenario.Scenario.Loss;
import dev.livestream.benchmarks.swarm.scenario.Scenario.SessionKind;
import dev.livestream.benchmarks.swarm.scenario.Scenario.Sessions;
import dev.livestream.benchmarks.swarm.scenario.Scenario.Stream;
import dev.livestream.benchmarks.swarm.scenario.Scenario.Uplink;
import dev.livestream.wire.StreamParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads scenarios: a file, then what is set on the command line; unknown fields are refused. */
public final class ScenarioReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MAX_VIEWERS = 200_000;
  private static final int MAX_REAL_VIEWERS = 200;
  private static final double MAX_RATE = 1e12;
  private static final double DAY = 86_400;

  private final ObjectNode root;

  private ScenarioReader(ObjectNode root) {
    this.root = root;
  }

  /** Opens a file. */
  public static ScenarioReader open(Path file) throws ScenarioException {
    try {
      return parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new ScenarioException("no such file: " + file);
    } catch (IOException e) {
      throw new ScenarioException("cannot read " + file + ": " + e.getMessage());
    }
  }

  /** Takes a scenario's text. */
  public static ScenarioReader parse(String text) throws ScenarioException {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return new ScenarioReader(object);
      }
    } catch (JsonProcessingException e) {
      throw new ScenarioException("the scenario is not JSON: " + e.getOriginalMessage());
    }
    throw new ScenarioException("the scenario is not a JSON object");
  }

  /** Overrides one field: {@code loss.rate=0.02}, {@code uplinks.0.bps=1000000}. */
  public void set(String assignment) throws ScenarioException {
    int equals = assignment.indexOf('=');
    if (equals <= 0) {
      throw new ScenarioException("'" + assignment + "' is not PATH=VALUE");
    }
    String[] path = assignment.substring(0, equals).split("\\.", -1);
    JsonNode value = value(assignment.substring(equals + 1));
    JsonNode at = root;
    for (int i = 0; i < path.length; i++) {
      boolean last = i == path.length - 1;
      if (at instanceof ArrayNode array) {
        int index = index(path[i], array, assignment);
        if (last) {
          array.set(index, value);
        }
        at = array.path(index);
      } else if (at instanceof ObjectNode object) {
        if (last) {
          object.set(path[i], value);
        } else if (!object.has(path[i])) {
          object.putObject(path[i]);
        }
        at = object.path(path[i]);
      } else {
        throw new ScenarioException("'" + assignment + "' goes into what is not an object");
      }
    }
  }

  private static int index(String text, ArrayNode array, String assignment)
      throws ScenarioException {
    try {
      int index = Integer.parseInt(text);
      if (index == array.size()) {
        array.addObject();
      }
      if (index >= 0 && index < array.size()) {
        return index;
      }
    } catch (NumberFormatException e) {
      throw new ScenarioException("'" + assignment + "': '" + text + "' is not a place in a list");
    }
    throw new ScenarioException("'" + assignment + "': there is no place " + text);
  }

  private static JsonNode value(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  /** The scenario to simulate, with the defaults for what is not said. */
  public Scenario read() throws ScenarioException {
    Scenario scenario = readAll();
    if (scenario.uplinks().isEmpty() || scenario.sourceUplink() == 0) {
      throw new ScenarioException(
          "'"
              + (scenario.uplinks().isEmpty() ? "uplinks" : "sourceUplink")
              + "' without a limit cannot be simulated, only run with --real");
    }
    return scenario;
  }

  /** The scenario to run in real time; refuses what only a simulated network can do. */
  public Scenario readForReal() throws ScenarioException {
    Scenario scenario = readAll();
    refuseForReal("events", !scenario.events().isEmpty());
    refuseForReal("loss.rate", scenario.loss().rate() > 0);
    refuseForReal("sessions.kind", scenario.sessions().kind() != SessionKind.FOREVER);
    int viewers = scenario.viewers() + scenario.arrivals().stream().mapToInt(Arrival::count).sum();
    if (viewers > MAX_REAL_VIEWERS) {
      throw new ScenarioException(
          "at most " + MAX_REAL_VIEWERS + " viewers can be run with --real, not " + viewers);
    }
    return scenario;
  }

  private static void refuseForReal(String field, boolean asked) throws ScenarioException {
    if (asked) {
      throw new ScenarioException("'" + field + "' can be simulated, but not run with --real");
    }
  }

  private Scenario readAll() throws ScenarioException {
    Fields top = new Fields(root, "");
    if (!top.has("viewers")) {
      throw new ScenarioException("'viewers' is missing");
    }
    Adversaries.refuse(top.list("adversaries"));
    Scenario scenario =
        new Scenario(
            top.word("name", "unnamed"),
            top.seed("seed"),
            top.integer("viewers", 0, 1, MAX_VIEWERS),
            top.number("warmupSeconds", 20, 0, DAY),
            top.number("durationSeconds", 60, 1, DAY),
            stream(top.object("stream")),
            top.integer("playoutDelayMs", 1_000, 50, 60_000),
            top.number("sourceUplink", 7_500_000, 0, MAX_RATE),
            uplinks(top.list("uplinks"), top.has("uplinks")),
            top.number("downlink", 20_000_000, 1, MAX_RATE),
            top.number("leafShare", 0, 0, 1),
            delay(top.object("oneWayDelayMs")),
            loss(top.object("loss")),
            sessions(top.object("sessions")),
            arrivals(top.list("arrivals")),
            events(top.list("events")),
            top.integer("mtu", 1_200, 200, 65_000),
            top.integer("headerBytes", 60, 0, 100),
            top.flag("uplinkKnown", false),
            top.number("uploadLimitShare", 1, 0.1, 1),
            top.flag("realCrypto", false));
    top.refuseOthers();
    return scenario;
  }

  private static Stream stream(Fields in) throws ScenarioException {
    double bitrate = in.number("bitrate", 2_500_000, 10_000, 1e9);
    Stream stream =
        new Stream(
            bitrate,
            in.integer(
                "chunkBytes", StreamParameters.usualChunkBytes(Math.round(bitrate)), 512, 65_536),
            in.number("framesPerSecond", 30, 1, 240),
            in.number("keyFrameSeconds", 2, 0.05, 60),
            in.number("keyFrameWeight", 6, 1, 100),
            in.number("audioBitrate", bitrate >= 640_000 ? 64_000 : 0, 0, bitrate / 10),
            in.integer("substreams", StreamParameters.USUAL_SUBSTREAMS, 1, 64),
            in.integer("windowChunks", 1_024, 64, 4_096),
            in.flag("flushEachFrame", true));
    in.refuseOthers();
    return stream;
  }

  private static List<Uplink> uplinks(List<Fields> in, boolean said) throws ScenarioException {
    if (in.isEmpty() && said) {
      return List.of();
    }
    if (in.isEmpty()) {
      return List.of(
          new Uplink(0.3, 625_000),
          new Uplink(0.4, 2_500_000),
          new Uplink(0.2, 5_000_000),
          new Uplink(0.1, 10_000_000));
    }
    List<Uplink> uplinks = new ArrayList<>();
    double sum = 0;
    for (Fields fields : in) {
      Uplink uplink =
          new Uplink(fields.number("share", 1, 0, 1), fields.number("bps", 0, 8_000, MAX_RATE));
      if (uplink.bps() == 0) {
        throw new ScenarioException("'" + fields.path() + ".bps' is missing");
      }
      fields.refuseOthers();
      sum += uplink.share();
      uplinks.add(uplink);
    }
    if (Math.abs(sum - 1) > 1e-6) {
      throw new ScenarioException("'uplinks': the shares add up to " + sum + ", not to 1");
    }
    return List.copyOf(uplinks);
  }

  private static Delay delay(Fields in) throws ScenarioException {
    double mean = in.number("mean", 40, 0, 10_000);
    Delay delay =
        new Delay(
            mean, in.number("min", Math.min(5, mean), 0, mean), in.number("jitter", 0.1, 0, 1));
    in.refuseOthers();
    return delay;
  }

  private static Loss loss(Fields in) throws ScenarioException {
    Loss loss = new Loss(in.number("rate", 0, 0, 0.9), in.number("burst", 1, 1, 1_000));
    in.refuseOthers();
    return loss;
  }

  private static Sessions sessions(Fields in) throws ScenarioException {
    String kind = in.word("kind", "forever");
    Sessions sessions =
        new Sessions(
            switch (kind) {
              case "forever" -> SessionKind.FOREVER;
              case "exponential" -> SessionKind.EXPONENTIAL;
              case "weibull" -> SessionKind.WEIBULL;
              default ->
                  throw new ScenarioException(
                      "'sessions.kind' must be forever, exponential or weibull, not '"
                          + kind
                          + "'");
            },
            in.number("meanSeconds", 600, 1, 1e9),
            in.number("shape", 0.5, 0.1, 10),
            in.number("crashShare", 0.5, 0, 1));
    in.refuseOthers();
    return sessions;
  }

  private static List<Arrival> arrivals(List<Fields> in) throws ScenarioException {
    List<Arrival> arrivals = new ArrayList<>();
    for (Fields fields : in) {
      arrivals.add(
          new Arrival(
              fields.number("atSeconds", 0, 0, DAY),
              fields.integer("count", 1, 1, MAX_VIEWERS),
              fields.number("overSeconds", 0, 0, DAY)));
      fields.refuseOthers();
    }
    return List.copyOf(arrivals);
  }

  private static List<Event> events(List<Fields> in) throws ScenarioException {
    List<Event> events = new ArrayList<>();
    for (Fields fields : in) {
      String kind = fields.word("kind", "");
      events.add(
          new Event(
              fields.number("atSeconds", 0, 0, DAY),
              switch (kind) {
                case "kill" -> EventKind.KILL;
                case "partition" -> EventKind.PARTITION;
                case "restartBroadcaster" -> EventKind.RESTART_BROADCASTER;
                default ->
                    throw new ScenarioException(
                        "'"
                            + fields.path()
                            + ".kind' must be kill, partition or restartBroadcaster, not '"
                            + kind
                            + "'");
              },
              fields.number("share", 0.5, 0, 1),
              fields.number("seconds", kind.equals("restartBroadcaster") ? 5 : 30, 0, DAY),
              fields.flag("symmetric", true)));
      fields.refuseOthers();
    }
    refuseRestartsWhileGone(events);
    return List.copyOf(events);
  }

  private static void refuseRestartsWhileGone(List<Event> events) throws ScenarioException {
    double back = Double.NEGATIVE_INFINITY;
    for (Event event : events.stream().sorted(comparingDouble(Event::atSeconds)).toList()) {
      if (event.kind() == EventKind.RESTART_BROADCASTER) {
        if (event.atSeconds() <= back) {
          throw new ScenarioException("'events': the broadcaster restarts while it is gone");
        }
        back = event.overAtSeconds();
      }
    }
  }
}

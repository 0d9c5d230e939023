package dev.livestream.benchmarks.swarm.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioReaderTest {
  private static Scenario read(String json, String... overrides) throws ScenarioException {
    ScenarioReader reader = ScenarioReader.parse(json);
    for (String override : overrides) {
      reader.set(override);
    }
    return reader.read();
  }

  @Test
  void whatIsNotSaidIsThePopulationOfTheDesign() throws ScenarioException {
    Scenario scenario = read("{\"viewers\": 1000}");

    assertThat(scenario.stream().bitrate()).isEqualTo(2_500_000);
    assertThat(scenario.sourceUplink()).isEqualTo(7_500_000);
    assertThat(scenario.uplinks())
        .containsExactly(
            new Scenario.Uplink(0.3, 625_000),
            new Scenario.Uplink(0.4, 2_500_000),
            new Scenario.Uplink(0.2, 5_000_000),
            new Scenario.Uplink(0.1, 10_000_000));
    assertThat(scenario.oneWayDelayMs()).isEqualTo(new Scenario.Delay(40, 5, 0.1));
    assertThat(scenario.sessions().kind()).isEqualTo(Scenario.SessionKind.FOREVER);
    assertThat(scenario.totalSeconds()).isEqualTo(80);
  }

  @Test
  void fieldsCanBeSetFromOutside() throws ScenarioException {
    Scenario scenario =
        read(
            "{\"viewers\": 10, \"events\": [{\"atSeconds\": 1, \"kind\": \"kill\"}]}",
            "viewers=5000",
            "loss.rate=0.02",
            "uplinks=[{\"share\":1,\"bps\":1000000}]",
            "uplinks.0.bps=2000000",
            "events.1.kind=restartBroadcaster",
            "sessions.kind=weibull",
            "name=other",
            "uplinkKnown=true");

    assertThat(scenario.viewers()).isEqualTo(5_000);
    assertThat(scenario.loss().rate()).isEqualTo(0.02);
    assertThat(scenario.uplinks()).containsExactly(new Scenario.Uplink(1, 2_000_000));
    assertThat(scenario.events().get(1).kind()).isEqualTo(Scenario.EventKind.RESTART_BROADCASTER);
    assertThat(scenario.sessions().kind()).isEqualTo(Scenario.SessionKind.WEIBULL);
    assertThat(scenario.name()).isEqualTo("other");
    assertThat(scenario.uplinkKnown()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lose.rate=0.1 | unknown field 'lose.rate'",
        "loss.rat=0.1 | unknown field 'loss.rat'",
        "uplinks.0.speed=1 | unknown field 'uplinks.0.speed'",
        "loss.rate=0.95 | 'loss.rate' must be 0 to 0.9, not 0.95",
        "loss.rate=much | 'loss.rate' must be a number, not \"much\"",
        "viewers=0 | 'viewers' must be 1 to 200000, not 0",
        "viewers=1.5 | 'viewers' must be a whole number",
        "stream=3 | 'stream' must be an object",
        "arrivals={} | 'arrivals' must be a list",
        "sessions.kind=often | 'sessions.kind' must be forever, exponential or weibull, not 'often'",
        "uplinkKnown=1 | 'uplinkKnown' must be true or false, not 1",
        "uplinks=[{\"share\":0.5,\"bps\":1000000}] | 'uplinks': the shares add up to 0.5, not to 1",
        "uplinks=[{\"share\":1}] | 'uplinks.0.bps' is missing",
        "oneWayDelayMs.min=50 | 'oneWayDelayMs.min' must be 0 to 40, not 50",
        "adversaries={} | 'adversaries' must be a list",
        "adversaries=[{\"behaviour\":\"lie\",\"share\":2}]"
            + " | 'adversaries.0.share' must be 0 to 1, not 2",
        "adversaries=[{\"behaviour\":\"lie\",\"until\":2}] | unknown field 'adversaries.0.until'",
        "adversaries=[{\"behaviour\":\"lie\"},{\"behaviour\":\"flood\"}]"
            + " | adversaries are not simulated yet: lie, flood",
        "events=[{\"kind\":\"restartBroadcaster\",\"atSeconds\":9,\"seconds\":3},"
            + "{\"kind\":\"restartBroadcaster\",\"atSeconds\":7,\"seconds\":2}]"
            + " | 'events': the broadcaster restarts while it is gone",
        "viewers.x=1 | 'viewers.x=1' goes into what is not an object",
        "viewers | 'viewers' is not PATH=VALUE",
      })
  void whatIsWrongIsNamed(String override, String message) {
    assertThatThrownBy(
            () ->
                read(
                    "{\"viewers\": 10, \"uplinks\": [{\"share\": 1, \"bps\": 1000000}]}", override))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pollute",
        "silent",
        "lie",
        "delay",
        "selective",
        "freeride",
        "replay",
        "equivocate",
        "sybil",
        "flood",
        "flash"
      })
  void adversariesAreRefusedByNameAndNotIgnored(String behaviour) {
    String adversary = "[{\"share\": 0.1, \"behaviour\": \"" + behaviour + "\"}]";

    assertThatThrownBy(() -> read("{\"viewers\": 10, \"adversaries\": " + adversary + "}"))
        .hasMessage("adversaries are not simulated yet: " + behaviour);
  }

  @Test
  void anAdversaryThatNobodyKnowsIsToldApart() {
    String known =
        "pollute, silent, lie, delay, selective, freeride, replay, equivocate, sybil, flood, flash";

    assertThatThrownBy(() -> read("{\"viewers\": 10}", "adversaries=[{\"behaviour\":\"nap\"}]"))
        .hasMessage("'adversaries.0.behaviour' must be one of " + known + ", not 'nap'");
    assertThatThrownBy(() -> read("{\"viewers\": 10}", "adversaries=[{\"share\":0.1}]"))
        .hasMessage("'adversaries.0.behaviour' must be one of " + known + ", not ''");
  }

  @Test
  void aScenarioNeedsViewersAndJson() {
    assertThatThrownBy(() -> read("{}")).hasMessage("'viewers' is missing");
    assertThatThrownBy(() -> read("[]")).hasMessage("the scenario is not a JSON object");
    assertThatThrownBy(() -> read("{")).hasMessageStartingWith("the scenario is not JSON");
    assertThatThrownBy(() -> ScenarioReader.open(Path.of("nowhere.json")))
        .hasMessage("no such file: nowhere.json");
  }

  static List<Path> checkedInScenarios() {
    try (Stream<Path> files = Files.list(Path.of("scenarios"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("checkedInScenarios")
  void theScenariosOfTheTableAreValid(Path file) throws ScenarioException {
    ScenarioReader reader = ScenarioReader.open(file);
    boolean real = file.getFileName().toString().startsWith("real-");
    Scenario scenario = real ? reader.readForReal() : reader.read();

    assertThat(file).hasFileName(scenario.name() + ".json");
  }
}

package dev.livestream.benchmarks.swarm.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livestream.benchmarks.swarm.scenario.ScenarioException;
import dev.livestream.benchmarks.swarm.scenario.ScenarioReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs over real sockets. The target latency is long, so that a busy machine loses nothing. */
class RealRunTest {
  private static final String SMALL =
      "{\"viewers\": 3, \"warmupSeconds\": 0, \"durationSeconds\": 3, \"playoutDelayMs\": 30000,"
          + " \"stream\": {\"bitrate\": 800000, \"keyFrameSeconds\": 60}, \"uplinks\": [],"
          + " \"sourceUplink\": 0}";

  private static ScenarioReader reader(String... overrides) throws ScenarioException {
    ScenarioReader reader = ScenarioReader.parse(SMALL);
    for (String override : overrides) {
      reader.set(override);
    }
    return reader;
  }

  private static RealResults run(ScenarioReader reader) throws Exception {
    return new RealRun(reader.readForReal()).run((seconds, of, online, events) -> {});
  }

  @Test
  void everyViewerReadsEveryByte() throws Exception {
    RealResults results = run(reader());

    assertThat(results.viewers()).isEqualTo(3);
    assertThat(results.complete()).isEqualTo(3);
    ObjectNode report = RealReport.of(results);
    assertThat(report.path("delivered").path("min").asDouble()).isEqualTo(1.0);
    assertThat(report.path("real").path("mediaBytes").asLong()).isBetween(300_000L, 330_000L);
    assertThat(report.path("real").path("udpBytesReceived").asLong()).isPositive();
    assertThat(report.path("source").path("uploadRatio").asDouble()).isPositive();
    assertThat(report.path("timeline")).hasSize(3);
    assertThat(report.path("trees").path("substreams")).hasSize(8);
  }

  @Test
  void whoComesLaterReadsEveryByteFromAKeyFrameOn() throws Exception {
    RealResults results = run(reader("arrivals=[{\"atSeconds\":1,\"count\":2,\"overSeconds\":1}]"));

    assertThat(results.viewers()).isEqualTo(5);
    assertThat(results.complete()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "loss.rate=0.1, loss.rate",
    "sessions.kind=exponential, sessions.kind",
    "viewers=500, 200",
    "'events=[{\"atSeconds\":1,\"kind\":\"kill\"}]', events",
  })
  void whatOnlyASimulatedNetworkCanDoIsRefusedByName(String override, String named)
      throws ScenarioException {
    ScenarioReader reader = reader(override);

    assertThatThrownBy(reader::readForReal)
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining(named);
  }

  @Test
  void withoutLimitsNothingCanBeSimulated() throws ScenarioException {
    ScenarioReader uplinks = reader("sourceUplink=7500000");
    ScenarioReader source = reader("uplinks=[{\"share\":1,\"bps\":1000000}]");

    assertThatThrownBy(uplinks::read).hasMessageContaining("uplinks");
    assertThatThrownBy(source::read).hasMessageContaining("sourceUplink");
  }
}

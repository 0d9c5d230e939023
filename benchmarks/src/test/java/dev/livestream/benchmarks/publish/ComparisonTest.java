package dev.livestream.benchmarks.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  private static ObjectNode json(boolean real) {
    ObjectNode json = SampleReports.json("loopback-20", "hybrid", 1, 20);
    if (real) {
      json.putObject("real");
    }
    return json;
  }

  private static Comparison compare(ObjectNode real, ObjectNode simulated) throws PublishException {
    return new Comparison(new Report("real.json", real), new Report("sim.json", simulated));
  }

  @ParameterizedTest
  @CsvSource({
    "delivered, mean, 0.9977, true",
    "delivered, mean, 0.9975, false",
    "delayMs, p50, 519, true",
    "delayMs, p50, 521, false",
    "delayMs, chunkP50, 272, true",
    "delayMs, chunkP50, 274, false",
    "source, uploadRatio, 2.83, true",
    "source, uploadRatio, 2.84, false",
  })
  void theyMayDifferByAsMuchAsTheBoundsSay(
      String field, String figure, double value, boolean agrees) throws PublishException {
    ObjectNode real = json(true);
    real.withObject("/" + field).put(figure, value);
    Comparison comparison = compare(real, json(false));

    assertThat(comparison.agrees()).isEqualTo(agrees);
    assertThat(comparison.text().contains("DIFFERS")).isEqualTo(!agrees);
  }

  @Test
  void shortDelaysMayDifferByThirtyMilliseconds() throws PublishException {
    ObjectNode real = json(true);
    ObjectNode simulated = json(false);
    real.withObject("/delayMs").put("p50", 35);
    simulated.withObject("/delayMs").put("p50", 6);

    assertThat(compare(real, simulated).agrees()).isTrue();
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    ObjectNode other = json(false);
    other.put("viewers", 21);
    ObjectNode poor = json(true);
    poor.withObject("/source").remove("uploadRatio");

    assertThatThrownBy(() -> compare(json(false), json(false)))
        .hasMessage("real.json is not a report of a run with --real");
    assertThatThrownBy(() -> compare(json(true), json(true)))
        .hasMessage("sim.json is a report of a run with --real");
    assertThatThrownBy(() -> compare(json(true), other))
        .hasMessage("real.json has 20 viewers, sim.json 21");
    assertThatThrownBy(() -> compare(poor, json(false)))
        .hasMessage("real.json does not tell the broadcaster's upload");
  }
}

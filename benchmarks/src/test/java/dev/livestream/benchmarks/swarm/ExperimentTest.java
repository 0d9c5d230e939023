package dev.livestream.benchmarks.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livestream.benchmarks.swarm.scenario.ScenarioException;
import dev.livestream.benchmarks.swarm.scenario.ScenarioReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs. That bytes are conserved and no uplink carries too much, every run checks itself. */
class ExperimentTest {
  private static final String SMALL =
      "{\"viewers\": 12, \"warmupSeconds\": 4, \"durationSeconds\": 6}";
  private static final String AMPLE = "uplinks=[{\"share\":1,\"bps\":100000000}]";

  private static final String[] TURMOIL = {
    "loss.rate=0.02",
    "sessions.kind=exponential",
    "sessions.meanSeconds=20",
    "events=[{\"atSeconds\":5,\"kind\":\"restartBroadcaster\",\"seconds\":0.5},"
        + "{\"atSeconds\":6,\"kind\":\"kill\",\"share\":0.2},"
        + "{\"atSeconds\":7,\"kind\":\"partition\",\"share\":0.5,\"seconds\":1}]"
  };

  private static ObjectNode run(String strategy, String... overrides) throws ScenarioException {
    return run(1, strategy, overrides);
  }

  private static ObjectNode run(int threads, String strategy, String... overrides)
      throws ScenarioException {
    ScenarioReader reader = ScenarioReader.parse(SMALL);
    for (String override : overrides) {
      reader.set(override);
    }
    return Report.of(new Experiment(reader.read(), strategy, false, threads).run(Progress.NONE));
  }

  private static double delivered(ObjectNode report) {
    return report.path("delivered").path("mean").asDouble();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hybrid", "client-server", "mesh-pull", "gossip"})
  void theSameSeedGivesTheSameReportOnAnyNumberOfThreads(String strategy) throws ScenarioException {
    ObjectNode first = run(1, strategy, TURMOIL);
    ObjectNode second = run(2, strategy, TURMOIL);

    List<String> ofTheMachine = List.of("wallSeconds", "heapMb");
    assertThat(first.remove(ofTheMachine)).hasToString(second.remove(ofTheMachine).toString());
  }

  @Test
  void anotherSeedGivesAnotherRun() throws ScenarioException {
    ObjectNode first = run("client-server");
    ObjectNode second = run("client-server", "seed=2");

    assertThat(first.path("events").asLong()).isNotEqualTo(second.path("events").asLong());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hybrid", "client-server", "mesh-pull", "gossip"})
  void whereUplinksAreAmpleEverybodyGetsTheStream(String strategy) throws ScenarioException {
    ObjectNode report = run(strategy, AMPLE, "sourceUplink=100000000", "downlink=100000000");

    assertThat(delivered(report)).isGreaterThan(0.99);
    assertThat(report.path("measured").asInt()).isEqualTo(12);
    assertThat(report.path("startupMs").path("failed").asInt()).isZero();
    assertThat(report.path("delayMs").path("p50").asDouble())
        .isGreaterThan(report.path("floorMs").path("p50").asDouble());
  }

  @Test
  void whatWasWrittenBeforeAViewerCameIsDueAPlayoutDelayAfterItCame() throws ScenarioException {
    String[] ample = {AMPLE, "sourceUplink=100000000", "downlink=100000000"};
    int end = run("client-server", ample).path("simulatedSeconds").asInt();
    String comes = "arrivals=[{\"atSeconds\": %s, \"count\": 3, \"overSeconds\": 0.1}]";

    ObjectNode late = run("client-server", with(ample, comes.formatted(end - 0.7)));
    ObjectNode early = run("client-server", with(ample, comes.formatted(end - 2.5)));

    assertThat(late.path("measured").asInt()).as("nothing is due at the newcomers").isEqualTo(12);
    assertThat(early.path("measured").asInt()).isEqualTo(15);
  }

  private static String[] with(String[] overrides, String another) {
    String[] all = Arrays.copyOf(overrides, overrides.length + 1);
    all[overrides.length] = another;
    return all;
  }

  @Test
  void aServerServesAsManyAsItsUplinkCarries() throws ScenarioException {
    ObjectNode report = run("client-server");

    assertThat(delivered(report)).isBetween(0.15, 0.17);
    assertThat(report.path("source").path("uploadRatio").asDouble()).isBetween(2.0, 3.0);
    assertThat(report.path("startupMs").path("failed").asInt()).isEqualTo(10);
  }

  @Test
  void theSourceNeverSendsMoreThanItsUplinkCarries() throws ScenarioException {
    ObjectNode report = run("hybrid");

    assertThat(report.path("source").path("uploadRatio").asDouble()).isLessThanOrEqualTo(3.0);
    report
        .path("timeline")
        .forEach(
            second ->
                assertThat(second.path("sourceUploadRatio").asDouble()).isLessThanOrEqualTo(3.02));
  }

  @Test
  void theReportHasTheFieldsThatScriptsRelyOn() throws ScenarioException {
    ObjectNode report =
        run(
            "client-server",
            "events=[{\"atSeconds\":6,\"kind\":\"restartBroadcaster\",\"seconds\":1}]");

    assertThat(report.fieldNames())
        .toIterable()
        .contains(
            "scenario",
            "seed",
            "strategy",
            "viewers",
            "measured",
            "delivered",
            "stalledViewers",
            "delayMs",
            "floorMs",
            "startupMs",
            "source",
            "viewerUploadRatio",
            "uplinkUtilisation",
            "waste",
            "byUplink",
            "timeline",
            "security",
            "recovery",
            "realCrypto",
            "simulatedSeconds",
            "events",
            "wallSeconds",
            "heapMb");
    assertThat(report.path("timeline")).hasSize(10);
    assertThat(report.path("byUplink")).hasSize(4);
    assertThat(report.path("recovery").get(0).path("event").asInt()).isZero();
  }

  @Test
  void checkingEverySignatureChangesNothingButTheirNumber() throws ScenarioException {
    ObjectNode shared = run("hybrid");
    ObjectNode real = run("hybrid", "realCrypto=true");

    assertThat(real.path("security").path("signatureChecks").asLong())
        .isGreaterThan(3 * shared.path("security").path("signatureChecks").asLong());
    assertThat(real.path("delivered")).isEqualTo(shared.path("delivered"));
    assertThat(real.path("delayMs")).isEqualTo(shared.path("delayMs"));
  }
}

package dev.livestream.benchmarks.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livestream.benchmarks.swarm.measure.ViewerRecord;
import dev.livestream.benchmarks.swarm.scenario.Scenario;
import dev.livestream.benchmarks.swarm.scenario.ScenarioException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * A run with faults, and what must be true of it whatever happens.
 *
 * <p>A run ends itself if a viewer plays what the broadcaster did not write, or out of order, or
 * leaves something out without a word; if a peer dials or sends to itself; if peers feed each other
 * in a circle for 3 s; if an engine wants to be called at one moment for ever; if bytes get lost.
 * What is looked at here besides: upload limits, the work that timers make, and that all who are
 * left play again.
 */
final class FaultRun {
  /** A tenth below the uplink, and what a pacer may be off within a second. */
  private static final double LIMIT = 0.9 * 1.05;

  private static final double SECONDS_TO_PLAY_AGAIN = 8;
  private static final int MOST_EVENTS_PER_VIEWER_SECOND = 2_000;

  private final Scenario scenario;
  private final Results results;
  private final ObjectNode report;

  private FaultRun(FaultPlan plan) throws ScenarioException {
    this.scenario = plan.scenario();
    this.results = new Experiment(scenario, "hybrid", false, 1).run(Progress.NONE);
    this.report = Report.of(results);
  }

  /** Runs it and checks everything; what is wrong is told with the command that shows it again. */
  static FaultRun checked(FaultPlan plan) throws ScenarioException {
    return run(plan, FaultRun::everybodyPlaysAgain);
  }

  /** Runs it and checks all but that everybody plays again. */
  static FaultRun checkedForHarm(FaultPlan plan) throws ScenarioException {
    return run(plan, run -> {});
  }

  private static FaultRun run(FaultPlan plan, Consumer<FaultRun> besides) throws ScenarioException {
    try {
      FaultRun run = new FaultRun(plan);
      run.keepsLimits();
      run.timersAreBounded();
      besides.accept(run);
      return run;
    } catch (IllegalStateException | AssertionError e) {
      throw new AssertionError(plan + " fails: " + e.getMessage() + "\n" + plan.command(), e);
    }
  }

  private void keepsLimits() {
    double sourceLimit = LIMIT * scenario.sourceUplink() / scenario.stream().bitrate();
    for (JsonNode second : report.path("timeline")) {
      assertThat(second.path("sourceUploadRatio").asDouble())
          .as("the broadcaster's upload in second %s", second.path("t"))
          .isLessThanOrEqualTo(sourceLimit);
    }
    for (JsonNode uplink : report.path("byUplink")) {
      double bps = uplink.path("bps").asDouble();
      assertThat(uplink.path("uploadRatio").asDouble())
          .as("the upload of viewers with %s bit/s", bps)
          .isLessThanOrEqualTo(LIMIT * bps / scenario.stream().bitrate());
    }
  }

  private void timersAreBounded() {
    double viewerSeconds = 0;
    for (JsonNode second : report.path("timeline")) {
      viewerSeconds += second.path("online").asDouble();
    }
    assertThat(results.events / Math.max(1, viewerSeconds))
        .as("events for each second of a viewer")
        .isLessThan(MOST_EVENTS_PER_VIEWER_SECOND);
  }

  private void everybodyPlaysAgain() {
    int last = 0;
    List<Scenario.Event> events = scenario.events();
    for (int i = 0; i < events.size(); i++) {
      last = events.get(i).overAtSeconds() > events.get(last).overAtSeconds() ? i : last;
    }
    assertThat(report.path("recovery").path(last).path("secondsToAllPlaying").asDouble())
        .as("seconds from the last fault until every survivor plays; -1 is never")
        .isBetween(0.0, SECONDS_TO_PLAY_AGAIN);
    long patience = results.books.endMicros() - (long) (SECONDS_TO_PLAY_AGAIN * 1e6);
    for (Participant participant : results.everyone) {
      ViewerRecord record = participant.record();
      boolean stays = record.goneMicros() > results.books.endMicros();
      assertThat(record.started() || !stays || record.joinedMicros() > patience)
          .as("%s, there since %s, has started", participant.peer(), record.joinedMicros())
          .isTrue();
    }
  }

  JsonNode report() {
    return report;
  }

  /** Of the whole report but what the machine decides. */
  static String digest(ObjectNode report) {
    ObjectNode own = report.deepCopy();
    own.remove(List.of("wallSeconds", "heapMb"));
    try {
      byte[] bytes = own.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  String digest() {
    return digest(report);
  }
}

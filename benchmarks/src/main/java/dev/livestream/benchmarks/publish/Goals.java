package dev.livestream.benchmarks.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What must hold, line by line. The delay of a swarm is that of its viewers' 99th percentiles: the
 * p50 is the median viewer's, the p99 that of the worst viewer in a hundred.
 */
final class Goals {
  private static final ToDoubleFunction<Report> DELIVERED = figure("delivered.mean");
  private static final ToDoubleFunction<Report> WORST_OF_100 = figure("delivered.p1");
  private static final ToDoubleFunction<Report> DELAY_P99 = figure("delayMs.p99");

  private final List<Goal> goals = new ArrayList<>();
  private String row = "";
  private String run = "";

  private Goals() {}

  /** All of them. */
  static List<Goal> all() {
    Goals all = new Goals();
    all.steadySwarms();
    all.size();
    all.claim();
    all.wasteAndStartUp();
    all.crowds();
    all.hardships();
    all.recovery();
    all.scarcity();
    all.study();
    all.cost();
    return List.copyOf(all.goals);
  }

  // ---- the table, in its order

  private void steadySwarms() {
    on("1,000 viewers, sessions of 600 s", "evening-show");
    asInTheFirstRow();
    atMost("delay p99", Unit.MILLIS, DELAY_P99, 600);
    atMost("delay p99, of the floor's", Unit.TIMES, Goals::ofTheFloor, 1.8);
    on("10,000 viewers, sessions of 600 s", "evening-show-10k");
    asInTheFirstRow();
    atMost("delay p99", Unit.MILLIS, DELAY_P99, 800);
    atMost("delay p99, of the floor's", Unit.TIMES, Goals::ofTheFloor, 2);
    on("1,000 viewers, heavy-tailed sessions", "heavy-tailed");
    atLeast("delivered, mean", DELIVERED, 0.999);
    on("1,000 viewers, sessions of 120 s", "restless");
    atLeast("delivered, mean", DELIVERED, 0.998);
    atMost("delay p99", Unit.MILLIS, DELAY_P99, 750);
  }

  private void asInTheFirstRow() {
    atLeast("delivered, mean", DELIVERED, 0.9995);
    atLeast("delivered, worst viewer in 100", WORST_OF_100, 0.995);
  }

  private void size() {
    on("10,000 viewers against 10, nobody leaves", "forever-10000");
    String small = "forever-10";
    ask(
        "delivered, mean",
        Unit.PERCENT,
        DELIVERED,
        reports -> median(reports, small, DELIVERED).map(Bound.AtLeastShare::new));
    for (String figure : List.of("startupMs.p95", "delayMs.p50")) {
      ask(
          figure.equals("delayMs.p50") ? "delay p50" : "start-up p95",
          Unit.MILLIS,
          figure(figure),
          reports ->
              median(reports, small, figure(figure))
                  .flatMap(
                      least ->
                          floorGrowth(reports, small, "forever-10000")
                              .map(growth -> new Bound.AtMost(least + growth))));
    }
    for (String viewers : List.of("10", "100", "1000", "10000")) {
      on("the same, upload at every size", "forever-" + viewers);
      atMost("broadcaster's upload", Unit.TIMES, figure("source.uploadRatio"), 3);
    }
  }

  private void claim() {
    String before = "claim-10";
    for (String name : List.of("claim-100", "claim-1000")) {
      String smaller = before;
      on("sessions of 300 s and 2 % loss: more viewers, more delivered", name);
      for (ToDoubleFunction<Report> figure : List.of(DELIVERED, WORST_OF_100)) {
        ask(
            (figure == DELIVERED ? "delivered, mean" : "delivered, worst viewer in 100")
                + ", against "
                + smaller.substring("claim-".length()),
            Unit.PERCENT,
            figure,
            reports -> median(reports, smaller, figure).map(Bound.MoreThanShare::new));
      }
      before = name;
    }
  }

  private void wasteAndStartUp() {
    for (String name : List.of("forever-1000", "evening-show")) {
      on("waste at 1,000 viewers", name);
      atMost("duplicates", Unit.PERCENT, figure("waste.duplicates"), 0.015);
      atMost("control", Unit.PERCENT, figure("waste.control"), 0.015);
      atMost("proofs", Unit.PERCENT, figure("waste.proofs"), 0.04);
    }
    on("start-up, 1,000 viewers under churn", "evening-show");
    atMost("start-up p50", Unit.MILLIS, figure("startupMs.p50"), 400);
    atMost("start-up p95", Unit.MILLIS, figure("startupMs.p95"), 1_000);
    atMost("failed starts", Unit.COUNT, figure("startupMs.failed"), 0);
  }

  private void crowds() {
    for (String name : List.of("crowd", "crowd-10k")) {
      on(
          name.equals("crowd") ? "crowd, 100 to 1,000 in 10 s" : "crowd, 1,000 to 10,000 in 30 s",
          name);
      atMost("start-up p95 of the crowd", Unit.MILLIS, figure("arrivals.0.startupP95Ms"), 2_000);
      atLeast("delivered to those before", figure("arrivals.0.residentsDelivered"), 0.999);
    }
  }

  private void hardships() {
    on("60 % leaf-only, the others 3x", "leaves");
    atLeast("delivered, mean", DELIVERED, 0.995);
    on("2 % loss in bursts of 3", "lossy");
    atLeast("delivered, mean", DELIVERED, 0.999);
  }

  private void recovery() {
    ToDoubleFunction<Report> next = figure("recovery.0.deliveredNext5s");
    ToDoubleFunction<Report> after = figure("recovery.0.deliveredAfter");
    on("30 % die at once", "kill-30");
    atLeast("delivered to survivors, next 5 s", next, 0.999);
    atLeast("delivered to survivors, after", after, 0.999);
    on("50 % die at once", "kill-50");
    atLeast("delivered to survivors, next 5 s", next, 0.98);
    atLeast("delivered to survivors, after", after, 0.999);
    on("80 % die at once", "kill-80");
    atMost("until every survivor plays", Unit.SECONDS, Goals::allPlaying, 5);
    atLeast("delivered to survivors, after 5 s", after, 0.99);
    for (String name : List.of("partition", "partition-one-way")) {
      on(
          name.equals("partition")
              ? "half cut off for 30 s"
              : "half cut off for 30 s, in one direction",
          name);
      atLeast("delivered on the source's side", figure("recovery.0.sourceSideDelivered"), 0.999);
      atMost("from the heal until all play", Unit.SECONDS, Goals::allPlaying, 5);
    }
    on("broadcaster back after 5 s", "restart");
    atMost("from its return until all play", Unit.SECONDS, Goals::allPlaying, 3);
  }

  private void scarcity() {
    on("uplinks too small, supply 0.9x", "scarce");
    atLeast("delivered, mean", DELIVERED, 0.75);
    atLeast("delivered, key frames", figure("delivered.keyFrames"), 0.99);
    atLeast("delivered, audio", figure("delivered.audio"), 0.99);
    atLeast("delivered, worst viewer", figure("delivered.min"), 0.4);
    on("weakest uplinks against the strongest", "evening-show");
    atMost("delivered less by", Unit.POINTS, Goals::weakestBehindStrongest, 0.003);
  }

  private void study() {
    for (String name : List.of("study-4000", "study-4000-10m")) {
      on(
          name.equals("study-4000") ? "4,000 viewers, 500 kbit/s" : "4,000 viewers, 10 Mbit/s",
          name);
      asInTheFirstRow();
      atMost("delay p99, of the floor's", Unit.TIMES, Goals::ofTheFloor, 1.8);
    }
  }

  private void cost() {
    ToDoubleFunction<Report> wall = figure("wallSeconds");
    on("cost, 1,000 viewers", "forever-1000");
    atMost("time for 20 + 60 s simulated", Unit.SECONDS, wall, 90);
    on("cost, 10,000 viewers", "forever-10000");
    atMost("time for 20 + 60 s simulated", Unit.SECONDS, wall, 900);
    atMost("heap", Unit.MEBIBYTES, figure("heapMb"), 12 * 1_024);
  }

  // ---- figures that take more than a path

  static double ofTheFloor(Report report) {
    return report.at("delayMs.p99") / report.at("floorMs.p99");
  }

  /** Without end if somebody never played again, for which the report has a -1. */
  static double allPlaying(Report report) {
    double seconds = report.at("recovery.0.secondsToAllPlaying");
    return seconds < 0 ? Double.POSITIVE_INFINITY : seconds;
  }

  static double weakestBehindStrongest(Report report) {
    double weakest = Double.NaN;
    double strongest = Double.NaN;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < report.root().path("byUplink").size(); i++) {
      double bps = report.at("byUplink." + i + ".bps");
      double delivered = report.at("byUplink." + i + ".delivered");
      if (bps < least) {
        least = bps;
        weakest = delivered;
      }
      if (bps > most) {
        most = bps;
        strongest = delivered;
      }
    }
    return strongest - weakest;
  }

  private static Optional<Double> median(
      Reports reports, String run, ToDoubleFunction<Report> figure) {
    Sample sample = Sample.of(reports.of(run), figure);
    return sample.isEmpty() ? Optional.empty() : Optional.of(sample.median());
  }

  /** What the clairvoyant planner's median viewer waits longer in the larger swarm. */
  private static Optional<Double> floorGrowth(Reports reports, String small, String large) {
    ToDoubleFunction<Report> floor = figure("floorMs.p50");
    return median(reports, small, floor)
        .flatMap(least -> median(reports, large, floor).map(most -> Math.max(0, most - least)));
  }

  // ---- writing the table

  private static ToDoubleFunction<Report> figure(String path) {
    return report -> report.at(path);
  }

  private void on(String row, String run) {
    this.row = row;
    this.run = run;
  }

  private void atLeast(String what, ToDoubleFunction<Report> figure, double share) {
    ask(what, Unit.PERCENT, figure, reports -> Optional.of(new Bound.AtLeastShare(share)));
  }

  private void atMost(String what, Unit unit, ToDoubleFunction<Report> figure, double most) {
    ask(what, unit, figure, reports -> Optional.of(new Bound.AtMost(most)));
  }

  private void ask(String what, Unit unit, ToDoubleFunction<Report> figure, Goal.BoundRule bound) {
    goals.add(new Goal(row, run, what, unit, figure, bound));
  }
}

package dev.livestream.benchmarks.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.livestream.benchmarks.publish.Goal.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GoalsTest {
  private static final Path ROOT = Path.of("..");
  private static final NavigableSet<Long> THREE = new TreeSet<>(List.of(1L, 2L, 3L));

  private static Goal goal(String run, String what) {
    return Goals.all().stream()
        .filter(goal -> goal.run().equals(run) && goal.what().equals(what))
        .findFirst()
        .orElseThrow();
  }

  private static Goal.Outcome delivered(double... values) throws PublishException {
    Reports reports = SampleReports.with("evening-show", "delivered", "mean", values);
    return goal("evening-show", "delivered, mean").check(reports, THREE);
  }

  @Test
  void theMedianDecidesAndOneSeedMayBeALittleWorse() throws PublishException {
    Goal.Outcome outcome = delivered(0.9999, 0.9994, 0.9996);

    assertThat(outcome.verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(outcome.sample().median()).isEqualTo(0.9996);
    assertThat(outcome.sample().worstSeed(outcome.smallIsGood())).isEqualTo(2);
  }

  @Test
  void aSeedThatIsMuchWorseSpoilsIt() throws PublishException {
    assertThat(delivered(0.9999, 0.999, 0.9996).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void aMedianBelowTheBoundSpoilsIt() throws PublishException {
    assertThat(delivered(0.9999, 0.99945, 0.99945).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void withFewerSeedsThanAskedForItHoldsOnlySoFar() throws PublishException {
    assertThat(delivered(0.9999, 0.9999).verdict()).isEqualTo(Verdict.HOLDS_SO_FAR);
  }

  @Test
  void whatHasNoReportIsNotMeasured() throws PublishException {
    assertThat(delivered().verdict()).isEqualTo(Verdict.NOT_MEASURED);
    assertThat(
            goal("evening-show", "delivered, mean")
                .check(new Reports(List.of(SampleReports.of("crowd", 1))), THREE)
                .verdict())
        .isEqualTo(Verdict.NOT_MEASURED);
  }

  @Test
  void aBoundThatAnotherRunSetsIsNotMeasuredWithoutIt() throws PublishException {
    Report large = SampleReports.of("forever-10000", 1);
    Report small = SampleReports.of("forever-10", 1);
    Goal goal = goal("forever-10000", "delay p50");

    assertThat(goal.check(new Reports(List.of(large)), THREE).verdict())
        .isEqualTo(Verdict.NOT_MEASURED);
    assertThat(goal.check(new Reports(List.of(large, small)), THREE).verdict())
        .isEqualTo(Verdict.HOLDS_SO_FAR);
  }

  @Test
  void whoNeverPlaysAgainIsBeyondEveryBound() throws PublishException {
    Goal.Outcome outcome =
        goal("restart", "from its return until all play")
            .check(new Reports(List.of(SampleReports.of("restart", 1))), THREE);

    assertThat(outcome.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(Unit.SECONDS.text(outcome.sample().median())).isEqualTo("never");
  }

  @Test
  void theWeakestClassIsComparedWithTheStrongest() throws PublishException {
    Report report = SampleReports.of("evening-show", 1);

    assertThat(Goals.weakestBehindStrongest(report)).isCloseTo(0.002, within(1e-9));
    assertThat(Goals.ofTheFloor(report)).isCloseTo(1.4986, within(1e-3));
  }

  @Test
  void everyGoalIsShownByARunOfTheMatrix() throws PublishException {
    Matrix matrix = Matrix.read(ROOT);

    assertThat(Goals.all())
        .isNotEmpty()
        .allSatisfy(goal -> assertThat(matrix.find(goal.run())).as(goal.run()).isPresent());
  }

  @Test
  void theTableNamesBoundMedianWorstSeedAndCommand() throws PublishException {
    Reports reports = SampleReports.with("lossy", "delivered", "mean", 0.9995, 0.9992);
    GoalTable table =
        new GoalTable(List.of(goal("lossy", "delivered, mean")), reports, Matrix.read(ROOT));

    assertThat(table.markdown())
        .contains(
            "| 2 % loss in bursts of 3 | delivered, mean | at least 99.9 % | 99.935 % | 99.92 % (2)"
                + " | so far | `benchmarks/swarm benchmarks/scenarios/lossy.json`, seeds 1,2 |");
    assertThat(table.summary()).startsWith("Of 1 bounds 0 hold, 1 hold with the seeds run so far");
  }

  @Test
  void twoReportsOfOneRunAreRefused() {
    assertThatThrownBy(
            () -> new Reports(List.of(SampleReports.of("crowd", 1), SampleReports.of("crowd", 1))))
        .hasMessage("there are two reports of crowd, seed 1");
  }

  @Test
  void ofAnEvenNumberOfSeedsTheMedianIsTheMeanOfTheTwoInTheMiddle() throws PublishException {
    Reports reports = SampleReports.with("lossy", "delayMs", "p99", 4, 1, 3, 2);
    Sample sample = Sample.of(reports.all(), report -> report.at("delayMs.p99"));

    assertThat(sample.median()).isEqualTo(2.5);
    assertThat(sample.worstSeed(true)).isEqualTo(1);
    assertThat(sample.worstSeed(false)).isEqualTo(2);
  }
}

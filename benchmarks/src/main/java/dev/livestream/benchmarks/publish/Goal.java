package dev.livestream.benchmarks.publish;

import java.util.List;
import java.util.NavigableSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One thing that must hold.
 *
 * @param row the line of the table of goals that asks for it
 * @param run the run that shows it
 * @param what is asked of
 * @param unit how it is written
 * @param figure takes it from a report; NaN where it is not there
 * @param bound what it must keep to; null while the runs are missing that it depends on
 */
record Goal(
    String row,
    String run,
    String what,
    Unit unit,
    ToDoubleFunction<Report> figure,
    BoundRule bound) {

  /** A bound that may depend on other runs. */
  interface BoundRule extends Function<Reports, java.util.Optional<Bound>> {}

  /** How it stands. */
  enum Verdict {
    /** With all seeds. */
    HOLDS("yes"),
    /** With the seeds that were run, which are not all. */
    HOLDS_SO_FAR("so far"),
    /** It does not. */
    MISSED("**no**"),
    /** There is no report, or none of those that the bound depends on. */
    NOT_MEASURED("not measured");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /**
   * A goal and what was measured.
   *
   * @param bound in words
   */
  record Outcome(Goal goal, String bound, Sample sample, boolean smallIsGood, Verdict verdict) {}

  /**
   * Compares it with the reports.
   *
   * @param wanted the seeds that it is to be run with
   */
  Outcome check(Reports reports, NavigableSet<Long> wanted) {
    List<Report> own = reports.of(run);
    Sample sample = Sample.of(own, figure);
    Bound keep = bound.apply(reports).orElse(null);
    if (keep == null) {
      return new Outcome(this, "-", sample, true, Verdict.NOT_MEASURED);
    }
    Verdict verdict = sample.isEmpty() ? Verdict.NOT_MEASURED : judge(keep, sample, wanted);
    return new Outcome(this, keep.text(unit), sample, keep.smallIsGood(), verdict);
  }

  private static Verdict judge(Bound keep, Sample sample, NavigableSet<Long> wanted) {
    boolean holds =
        keep.holdsForMedian(sample.median())
            && sample.bySeed().values().stream().allMatch(keep::holdsForSeed);
    if (!holds) {
      return Verdict.MISSED;
    }
    return sample.bySeed().keySet().containsAll(wanted) ? Verdict.HOLDS : Verdict.HOLDS_SO_FAR;
  }
}

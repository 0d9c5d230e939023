package dev.livestream.benchmarks.publish;

/**
 * What a figure must keep to: its median over the seeds the bound itself, the worst seed 1.25 times
 * as much. Of what must be at least a share, 1.25 times applies to what may be missing: where 99.95
 * % are asked for, 0.05 % may be missing in the median and 0.0625 % with any seed.
 */
sealed interface Bound {
  /** How much further than the bound a single seed may go. */
  double SLACK = 1.25;

  /** Reports are rounded to six digits; what differs by less is the same. */
  double EPSILON = 1e-9;

  /** Whether the median of all seeds keeps to it. */
  boolean holdsForMedian(double median);

  /** Whether a single seed keeps to it. */
  boolean holdsForSeed(double value);

  /** Whether large figures are the bad ones. */
  boolean smallIsGood();

  /** In words. */
  String text(Unit unit);

  /** At most so much. */
  record AtMost(double most) implements Bound {
    @Override
    public boolean holdsForMedian(double median) {
      return median <= most + EPSILON;
    }

    @Override
    public boolean holdsForSeed(double value) {
      return value <= SLACK * most + EPSILON;
    }

    @Override
    public boolean smallIsGood() {
      return true;
    }

    @Override
    public String text(Unit unit) {
      return most == 0 ? "none" : "at most " + unit.text(most);
    }
  }

  /** At least such a share. */
  record AtLeastShare(double share) implements Bound {
    @Override
    public boolean holdsForMedian(double median) {
      return median >= share - EPSILON;
    }

    @Override
    public boolean holdsForSeed(double value) {
      return 1 - value <= SLACK * (1 - share) + EPSILON;
    }

    @Override
    public boolean smallIsGood() {
      return false;
    }

    @Override
    public String text(Unit unit) {
      return "at least " + unit.text(share);
    }
  }

  /** More than this share, or all of it; asked of the median only. */
  record MoreThanShare(double share) implements Bound {
    @Override
    public boolean holdsForMedian(double median) {
      return median > share + EPSILON || median >= 1 - EPSILON;
    }

    @Override
    public boolean holdsForSeed(double value) {
      return true;
    }

    @Override
    public boolean smallIsGood() {
      return false;
    }

    @Override
    public String text(Unit unit) {
      return share >= 1 ? unit.text(1) : "more than " + unit.text(share);
    }
  }
}

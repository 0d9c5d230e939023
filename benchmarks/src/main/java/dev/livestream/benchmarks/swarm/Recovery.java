package dev.livestream.benchmarks.swarm;

import dev.livestream.benchmarks.swarm.measure.PublishedStream;
import dev.livestream.benchmarks.swarm.measure.ViewerRecord;
import dev.livestream.benchmarks.swarm.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/**
 * How a swarm got over one event. Time counts from when its cause was over: the crash itself, the
 * heal of a partition, the broadcaster's return.
 */
final class Recovery {
  private static final long SLOT = 100_000;
  private static final long SECOND = 1_000_000;
  private static final double PLAYING = 0.95;

  private final Results results;
  private final long from;
  private final long until;
  private final List<ViewerRecord> survivors = new ArrayList<>();

  Recovery(Results results, Scenario.Event event) {
    this.results = results;
    this.from = results.books.startMicros() + (long) (event.overAtSeconds() * 1e6);
    this.until = results.books.endMicros() - results.scenario.playoutDelayMs() * 1_000L;
    for (Participant participant : results.everyone) {
      ViewerRecord record = participant.record();
      if (record.started() && record.joinedMicros() < from && record.goneMicros() > from) {
        survivors.add(record);
      }
    }
  }

  /** Until, for a second on end, 99 % of all chunks were in time again; -1 if that never came. */
  double secondsTo99() {
    for (long at = from; at + SECOND <= until; at += SLOT) {
      if (results.deliveredBetween(at, at + SECOND, survivors::contains) >= 0.99) {
        return (at - from) / 1e6;
      }
    }
    return -1;
  }

  /** Of what was written in the five seconds after. */
  double deliveredNext5s() {
    return results.deliveredBetween(from, from + 5 * SECOND, survivors::contains);
  }

  /** Of what was written later than that. */
  double deliveredAfter() {
    return results.deliveredBetween(from + 5 * SECOND, Long.MAX_VALUE, survivors::contains);
  }

  /**
   * Until the last survivor had, for a second on end, 95 % in time; -1 if one never had. Who leaves
   * before counts for as long as it stayed.
   */
  double secondsToAllPlaying() {
    double longest = 0;
    for (ViewerRecord record : survivors) {
      double seconds = secondsToPlaying(record);
      if (seconds < 0) {
        return -1;
      }
      longest = Math.max(longest, seconds);
    }
    return longest;
  }

  private double secondsToPlaying(ViewerRecord record) {
    PublishedStream published = results.published();
    long end = Math.min(until, record.goneMicros() - results.scenario.playoutDelayMs() * 1_000L);
    if (end < from + SECOND) {
      return 0;
    }
    for (long at = from; at + SECOND <= end; at += SLOT) {
      int low = published.firstSince(at);
      int high = published.firstSince(at + SECOND);
      if (high > low && record.countInTime(low, high) >= PLAYING * (high - low)) {
        return (at - from) / 1e6;
      }
    }
    return record.goneMicros() < results.books.endMicros() ? (end - from) / 1e6 : -1;
  }
}

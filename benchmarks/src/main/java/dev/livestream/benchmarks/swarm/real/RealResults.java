package dev.livestream.benchmarks.swarm.real;

import dev.livestream.SwarmView;
import dev.livestream.benchmarks.swarm.measure.Histogram;
import dev.livestream.benchmarks.swarm.scenario.Scenario;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What a run in real time comes to. */
public final class RealResults {
  final Scenario scenario;
  final WrittenMedia written;
  final List<RealViewer> viewers;
  final List<Sample> samples;
  final AtEnd atEnd;
  final int complete;

  /**
   * What was seen when the last byte was written. Memory in bytes.
   *
   * @param startNanos when the broadcast began
   * @param source whom the broadcaster serves
   * @param swarm who serves each viewer and whom it serves
   * @param threads of the JVM, readers included
   * @param loops of these, those that carry all streams
   * @param load how many programs want to run on the machine
   */
  record AtEnd(
      long startNanos,
      SwarmView source,
      List<SwarmView> swarm,
      long heapBefore,
      long heap,
      long residentBefore,
      long resident,
      int threads,
      int loops,
      double load) {}

  RealResults(
      Scenario scenario,
      WrittenMedia written,
      List<RealViewer> viewers,
      List<Sample> samples,
      AtEnd atEnd,
      int complete) {
    this.scenario = scenario;
    this.written = written;
    this.viewers = viewers;
    this.samples = samples;
    this.atEnd = atEnd;
    this.complete = complete;
  }

  /** How many viewers read every byte, compared by SHA-256. */
  public int complete() {
    return complete;
  }

  /** How many viewers there were. */
  public int viewers() {
    return viewers.size();
  }

  /** The first chunk written at or after a moment of the run. */
  int chunkAt(double second) {
    return written.firstSince(atEnd.startNanos() + (long) (second * 1e9));
  }

  /** The second of the run in which a viewer came. */
  double cameAt(RealViewer viewer) {
    return (viewer.beganNanos() - atEnd.startNanos()) / 1e9;
  }

  /** Delays of one viewer for chunks written after it came. */
  Histogram delays(RealViewer viewer, int from, int to) {
    Histogram delays = new Histogram();
    for (int chunk = from; chunk < to; chunk++) {
      int micros = viewer.delayMicros(chunk);
      if (micros >= 0 && written.writtenNanos(chunk) - viewer.beganNanos() >= 0) {
        delays.add(micros);
      }
    }
    return delays;
  }

  /** Delays of all. */
  Histogram delays(int from, int to) {
    Histogram all = new Histogram();
    viewers.forEach(viewer -> all.add(delays(viewer, from, to)));
    return all;
  }

  /** Each viewer's 99th percentile in milliseconds, least first. */
  double[] delaysP99(Predicate<RealViewer> who, int from, int to) {
    return viewers.stream()
        .filter(who)
        .map(viewer -> delays(viewer, from, to))
        .filter(delays -> delays.total() > 0)
        .mapToDouble(delays -> delays.percentile(99))
        .sorted()
        .toArray();
  }

  /** Of a viewer's chunks, from its first one on, how many could be read in time. */
  double delivered(RealViewer viewer, int from, int to) {
    if (viewer.first() < 0) {
      return 0;
    }
    int begin = Math.max(from, viewer.first());
    return begin >= to ? 1 : (double) inTime(viewer, begin, to) / (to - begin);
  }

  private int inTime(RealViewer viewer, int from, int to) {
    long limit = TimeUnit.MILLISECONDS.toMicros(scenario.playoutDelayMs());
    int count = 0;
    for (int chunk = from; chunk < to; chunk++) {
      int micros = viewer.delayMicros(chunk);
      // What was written before a viewer came is in time if it could be read at all.
      boolean before = written.writtenNanos(chunk) - viewer.beganNanos() < 0;
      if (micros >= 0 && (before || micros <= limit)) {
        count++;
      }
    }
    return count;
  }

  /** Of some chunks, what could be read in time, over all viewers that had started. */
  double deliveredByAll(int from, int to) {
    long due = 0;
    long inTime = 0;
    for (RealViewer viewer : viewers) {
      int begin = Math.max(from, viewer.first());
      if (viewer.first() >= 0 && begin < to) {
        due += to - begin;
        inTime += inTime(viewer, begin, to);
      }
    }
    return due == 0 ? 0 : (double) inTime / due;
  }

  /** Whether nothing of a whole second of media came in time. */
  boolean hasStalled(RealViewer viewer, int from, int to) {
    if (viewer.first() < 0) {
      return true;
    }
    int begin = Math.max(from, viewer.first());
    if (begin >= to) {
      return false;
    }
    long last = written.writtenNanos(begin);
    for (int chunk = begin; chunk < to; chunk++) {
      long at = written.writtenNanos(chunk);
      if (inTime(viewer, chunk, chunk + 1) > 0) {
        last = at;
      } else if (at - last >= TimeUnit.SECONDS.toNanos(1)) {
        return true;
      }
    }
    return false;
  }
}

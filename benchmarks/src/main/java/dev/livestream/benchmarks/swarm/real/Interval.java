package dev.livestream.benchmarks.swarm.real;

import dev.livestream.StreamStats;
import dev.livestream.spi.TransportStats;
import java.util.function.ToLongFunction;

/** What has passed between two samples. */
record Interval(Sample from, Sample to) {

  double seconds() {
    return (to.nanos() - from.nanos()) / 1e9;
  }

  double mediaBytes() {
    return Math.max(1, to.mediaBytes() - from.mediaBytes());
  }

  /** Everything the broadcaster sent, in multiples of what it wrote. */
  double sourceUploadRatio() {
    return (Sample.sent(to.sourceTraffic()) - Sample.sent(from.sourceTraffic())) / mediaBytes();
  }

  /** The growth of one viewer's counter; one that came since began at 0. */
  double ofViewer(int viewer, ToLongFunction<TransportStats> counter) {
    long before =
        viewer < from.viewerTraffic().size()
            ? counter.applyAsLong(from.viewerTraffic().get(viewer))
            : 0;
    return counter.applyAsLong(to.viewerTraffic().get(viewer)) - before;
  }

  double ofTraffic(ToLongFunction<TransportStats> counter) {
    double sum = 0;
    for (int i = 0; i < to.viewerTraffic().size(); i++) {
      sum += ofViewer(i, counter);
    }
    return sum;
  }

  double ofViewers(ToLongFunction<StreamStats> counter) {
    double sum = 0;
    for (int i = 0; i < to.viewers().size(); i++) {
      long before = i < from.viewers().size() ? counter.applyAsLong(from.viewers().get(i)) : 0;
      sum += counter.applyAsLong(to.viewers().get(i)) - before;
    }
    return sum;
  }

  /** Viewers at the end, times seconds. */
  double viewerSeconds() {
    return (from.viewers().size() + to.viewers().size()) / 2.0 * seconds();
  }

  /** Media bytes that viewers should get, if all are there all the time. */
  double mediaDue() {
    return mediaBytes() * Math.max(1, (from.viewers().size() + to.viewers().size()) / 2.0);
  }
}

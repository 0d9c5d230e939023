package dev.livestream.benchmarks.swarm;

import dev.livestream.benchmarks.swarm.measure.Histogram;
import dev.livestream.benchmarks.swarm.measure.PublishedStream;
import dev.livestream.benchmarks.swarm.measure.ViewerRecord;
import dev.livestream.benchmarks.swarm.scenario.Scenario;
import dev.livestream.benchmarks.swarm.strategy.Strategy;
import dev.livestream.crypto.ChunkPriority;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run comes to.
 *
 * <p>A viewer is measured if chunks fell due in measured time while it was there and after it had
 * started, or if it was there for {@value #PATIENCE_SECONDS} s and never started; then it counts as
 * 0. A chunk falls due the play-out delay after it was written; it is delivered if it could be read
 * by then. (What was written before a viewer came has no such moment: it is delivered if it could
 * be read at all.) Delays are those of chunks written after the viewer came.
 */
final class Results {
  private static final int PATIENCE_SECONDS = 5;

  /** One measured viewer. */
  record Measured(ViewerRecord record, int from, int to, double delivered, boolean stalled) {}

  final Scenario scenario;
  final Strategy strategy;
  final Bookkeeping books;
  final List<Participant> everyone;
  final List<Participant> presentAtEnd;
  final TreeSurvey survey;
  final int circles;
  final long events;
  final double wallSeconds;
  final List<Measured> measured = new ArrayList<>();
  private final PublishedStream published;

  Results(
      Scenario scenario,
      Strategy strategy,
      Bookkeeping books,
      List<Participant> everyone,
      List<Participant> presentAtEnd,
      TreeSurvey survey,
      int circles,
      long events,
      double wallSeconds) {
    this.scenario = scenario;
    this.strategy = strategy;
    this.books = books;
    this.everyone = everyone;
    this.presentAtEnd = presentAtEnd;
    this.survey = survey;
    this.circles = circles;
    this.events = events;
    this.wallSeconds = wallSeconds;
    this.published = books.published();
    for (Participant participant : everyone) {
      measure(participant.record());
    }
  }

  private void measure(ViewerRecord record) {
    long there = Math.min(record.goneMicros(), books.endMicros());
    if (!record.started()) {
      boolean longEnough =
          there - Math.max(record.joinedMicros(), books.measuredFrom())
              >= PATIENCE_SECONDS * 1_000_000L;
      if (longEnough) {
        measured.add(new Measured(record, 0, 0, 0, true));
      }
      return;
    }
    int from = Math.max(record.first(), published.firstSince(books.measuredFrom()));
    int to = dueBy(record, there);
    if (to > from) {
      double delivered = (double) record.countInTime(from, to) / (to - from);
      measured.add(new Measured(record, from, to, delivered, hasStalled(record, from, to)));
    }
  }

  /**
   * The first chunk that is not yet due at a viewer at a moment. What was written before it came is
   * due a play-out delay after it came, not before.
   */
  private int dueBy(ViewerRecord record, long micros) {
    boolean justCame = micros < record.joinedMicros() + scenario.playoutDelayMs() * 1_000L;
    return justCame ? 0 : dueBy(micros);
  }

  /** The first chunk that is not yet due at a moment at a viewer that was there before. */
  int dueBy(long micros) {
    return published.firstSince(micros - scenario.playoutDelayMs() * 1_000L);
  }

  /** Whether nothing of a whole second of media came in time. */
  private boolean hasStalled(ViewerRecord record, int from, int to) {
    long last = Long.MIN_VALUE;
    for (int i = from; i < to; i++) {
      long written = published.writtenMicros(i);
      if (record.hadInTime(i)) {
        last = written;
      } else if (last == Long.MIN_VALUE) {
        last = written;
      } else if (written - last >= 1_000_000) {
        return true;
      }
    }
    return false;
  }

  // ---- delivered

  double[] delivered() {
    return measured.stream().mapToDouble(Measured::delivered).sorted().toArray();
  }

  double stalledShare() {
    long stalled = measured.stream().filter(Measured::stalled).count();
    return measured.isEmpty() ? 0 : (double) stalled / measured.size();
  }

  /** Of the chunks written from one moment to another that fell due, how many were in time. */
  double deliveredBetween(
      long fromMicros, long toMicros, java.util.function.Predicate<ViewerRecord> who) {
    int low = published.firstSince(fromMicros);
    int high = published.firstSince(toMicros);
    long due = 0;
    long inTime = 0;
    for (Participant participant : everyone) {
      ViewerRecord record = participant.record();
      if (!record.started() || !who.test(record)) {
        continue;
      }
      int from = Math.max(low, record.first());
      int to = Math.min(high, dueBy(record, Math.min(record.goneMicros(), books.endMicros())));
      if (to > from) {
        due += to - from;
        inTime += record.countInTime(from, to);
      }
    }
    return due == 0 ? 0 : (double) inTime / due;
  }

  /** Delivered among the chunks of one priority, over all measured viewers. */
  double deliveredOf(ChunkPriority priority) {
    long due = 0;
    long inTime = 0;
    for (Measured viewer : measured) {
      for (int i = viewer.from(); i < viewer.to(); i++) {
        if (published.priority(i) == priority) {
          due++;
          inTime += viewer.record().hadInTime(i) ? 1 : 0;
        }
      }
    }
    return due == 0 ? 1 : (double) inTime / due;
  }

  // ---- delay and start-up

  /** Each measured viewer's 99th percentile delay in milliseconds, least first. */
  double[] delays(java.util.function.Predicate<ViewerRecord> who) {
    return measured.stream()
        .map(Measured::record)
        .filter(who)
        .map(ViewerRecord::delays)
        .filter(delays -> delays.total() > 0)
        .mapToDouble(delays -> delays.percentile(99))
        .sorted()
        .toArray();
  }

  /** The middle delay over all viewers and chunks. */
  Histogram allDelays() {
    Histogram all = new Histogram();
    for (Bookkeeping.Second second : books.seconds()) {
      all.add(second.delays);
    }
    return all;
  }

  /** Those who came in measured time; everybody if nobody did. */
  List<ViewerRecord> newcomers() {
    List<ViewerRecord> late = new ArrayList<>();
    List<ViewerRecord> all = new ArrayList<>();
    for (Participant participant : everyone) {
      all.add(participant.record());
      if (participant.record().joinedMicros() >= books.measuredFrom()) {
        late.add(participant.record());
      }
    }
    return late.isEmpty() ? all : late;
  }

  static double[] startups(List<ViewerRecord> records) {
    return records.stream()
        .filter(ViewerRecord::started)
        .mapToDouble(record -> record.startupMicros() / 1_000.0)
        .sorted()
        .toArray();
  }

  long failedStarts(List<ViewerRecord> records) {
    return records.stream()
        .filter(record -> !record.started())
        .filter(
            record ->
                Math.min(record.goneMicros(), books.endMicros()) - record.joinedMicros()
                    >= PATIENCE_SECONDS * 1_000_000L)
        .count();
  }

  // ---- uploads

  /** How long a viewer was there in measured time. */
  double measuredSeconds(ViewerRecord record) {
    long from = Math.max(record.joinedMicros(), books.measuredFrom());
    long to = Math.min(record.goneMicros(), books.endMicros());
    return Math.max(0, to - from) / 1e6;
  }

  /** Bytes sent by some viewers, in units of the media bit rate and per viewer. */
  double uploadRatio(java.util.function.Predicate<ViewerRecord> who) {
    double bytes = 0;
    double seconds = 0;
    for (Participant participant : everyone) {
      ViewerRecord record = participant.record();
      if (who.test(record) && measuredSeconds(record) > 0) {
        bytes += record.uploadedWhileMeasured();
        seconds += measuredSeconds(record);
      }
    }
    return seconds == 0 ? 0 : bytes / (seconds * scenario.mediaBytesPerSecond());
  }

  double uplinkUtilisation() {
    double bytes = 0;
    double capacity = 0;
    for (Participant participant : everyone) {
      ViewerRecord record = participant.record();
      if (measuredSeconds(record) > 0) {
        bytes += record.uploadedWhileMeasured();
        capacity += measuredSeconds(record) * participant.peer().uplinkBytesPerSecond();
      }
    }
    return capacity == 0 ? 0 : bytes / capacity;
  }

  double sourceUploadRatio() {
    return books.sourceBytes() / (scenario.durationSeconds() * scenario.mediaBytesPerSecond());
  }

  PublishedStream published() {
    return published;
  }
}

package dev.livestream;

import dev.livestream.engine.EngineEvent;
import dev.livestream.node.StreamListener;
import dev.livestream.spi.Ticker;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Takes what the engine delivers, on the loop, and puts it where readers find it. */
final class ViewerFeed implements StreamListener {
  private final EventHub events;
  private final MediaQueue queue;
  private final DelayMeter delays = new DelayMeter();
  private final CountDownLatch answered = new CountDownLatch(1);
  private final AtomicLong bytesDelivered = new AtomicLong();
  private @Nullable Manifest manifest;
  private long headerEpoch = -1;
  private volatile @Nullable StreamInfo info;
  private volatile long firstReadyMicros = Long.MIN_VALUE;
  private volatile boolean ended;

  ViewerFeed(EventHub events, MediaQueue queue) {
    this.events = events;
    this.queue = queue;
  }

  @Override
  public void deliver(Chunk chunk, long readyMicros) {
    giveHeader(chunk.epoch());
    if (firstReadyMicros == Long.MIN_VALUE) {
      firstReadyMicros = readyMicros;
    }
    delays.record(readyMicros, readyMicros - chunk.meta().timestampMicros());
    bytesDelivered.addAndGet(chunk.payloadBytes());
    queue.put(
        new Media.Data(
            chunk.payload(),
            chunk.sequence(),
            chunk.epoch(),
            Instant.EPOCH.plus(chunk.meta().timestampMicros(), ChronoUnit.MICROS),
            chunk.meta().isStart(),
            chunk.meta().priority()));
  }

  @Override
  public void gap(long epoch, long from, long to) {
    giveHeader(epoch);
    queue.put(new Media.Gap(epoch, from, to, Media.Gap.Cause.LOST));
  }

  /** The header of a run comes before whatever else comes of it. */
  private void giveHeader(long epoch) {
    Manifest known = manifest;
    if (known != null && known.epoch() == epoch && headerEpoch != epoch) {
      headerEpoch = epoch;
      queue.put(new Media.Header(EngineMapping.info(known)));
    }
  }

  @Override
  public void manifest(Manifest newer) {
    boolean begins = manifest == null || manifest.epoch() != newer.epoch();
    manifest = newer;
    info = EngineMapping.info(newer);
    answered.countDown();
    if (begins) {
      ended = false;
      events.emit(new StreamEvent.StreamStarted(EngineMapping.info(newer)));
    }
  }

  @Override
  public void ended(long epoch) {
    ended = true;
    giveHeader(epoch);
    queue.put(new Media.End(epoch));
    events.emit(new StreamEvent.StreamEnded(epoch));
  }

  @Override
  public void notice(EngineEvent event) {
    events.emit(EngineMapping.event(event));
  }

  MediaQueue queue() {
    return queue;
  }

  /** Falls when a first peer has answered and has said what the stream is. */
  CountDownLatch answered() {
    return answered;
  }

  Optional<StreamInfo> info() {
    return Optional.ofNullable(info);
  }

  boolean ended() {
    return ended;
  }

  EngineMapping.Reading reading(long joinedMicros, Ticker ticker) {
    long ready = firstReadyMicros;
    return new EngineMapping.Reading(
        bytesDelivered.get(),
        queue.dropped(),
        delays.lastSecond(ticker.nowMicros()),
        ready == Long.MIN_VALUE
            ? Optional.empty()
            : Optional.of(Duration.of(ready - joinedMicros, ChronoUnit.MICROS)));
  }
}

package dev.livestream;

import dev.livestream.engine.EngineEvent;
import dev.livestream.node.StreamListener;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What a relay hears of its stream. */
final class RelayListener implements StreamListener {
  private final EventHub events;
  private final CountDownLatch answered = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable StreamInfo info;
  private volatile boolean ended;

  RelayListener(EventHub events) {
    this.events = events;
  }

  @Override
  public void deliver(Chunk chunk, long readyMicros) {
    // A relay has no reader.
  }

  @Override
  public void gap(long epoch, long from, long to) {
    // A relay has no reader.
  }

  @Override
  public void manifest(Manifest manifest) {
    StreamInfo before = info;
    StreamInfo now = EngineMapping.info(manifest);
    info = now;
    answered.countDown();
    if (before == null || before.epoch() != now.epoch()) {
      ended = false;
      events.emit(new StreamEvent.StreamStarted(now));
    }
    if (manifest.ended()) {
      // A relay delivers nothing, so it has no end of its own; the stream's is the broadcaster's.
      ended(manifest.epoch());
    }
  }

  @Override
  public void ended(long epoch) {
    if (ended) {
      return;
    }
    ended = true;
    over.countDown();
    events.emit(new StreamEvent.StreamEnded(epoch));
  }

  @Override
  public void notice(EngineEvent event) {
    events.emit(EngineMapping.event(event));
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

  void awaitEnd() throws InterruptedException {
    over.await();
  }

  /** Lets those go who wait for the end. */
  void release() {
    over.countDown();
  }
}

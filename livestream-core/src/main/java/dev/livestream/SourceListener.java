package dev.livestream;

import dev.livestream.engine.EngineEvent;
import dev.livestream.node.StreamListener;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;

/** What a broadcaster hears of its own stream: who comes and goes. */
final class SourceListener implements StreamListener {
  private final EventHub events;
  private final ViewerCount viewers;
  private long epoch = -1;

  SourceListener(EventHub events, ViewerCount viewers) {
    this.events = events;
    this.viewers = viewers;
  }

  @Override
  public void deliver(Chunk chunk, long readyMicros) {
    // A source has no reader.
  }

  @Override
  public void gap(long epoch, long from, long to) {
    // A source has no reader.
  }

  @Override
  public void manifest(Manifest manifest) {
    if (manifest.epoch() != epoch) {
      epoch = manifest.epoch();
      events.emit(new StreamEvent.StreamStarted(EngineMapping.info(manifest)));
    }
    if (manifest.ended()) {
      events.emit(new StreamEvent.StreamEnded(manifest.epoch()));
    }
  }

  @Override
  public void ended(long ofEpoch) {
    // A source has no reader.
  }

  @Override
  public void notice(EngineEvent event) {
    if (event instanceof EngineEvent.PeerJoined) {
      viewers.add(1);
    } else if (event instanceof EngineEvent.PeerLeft) {
      viewers.add(-1);
    }
    events.emit(EngineMapping.event(event));
  }
}

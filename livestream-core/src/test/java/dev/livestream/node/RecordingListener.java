package dev.livestream.node;

import dev.livestream.engine.EngineEvent;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;

/** Counts what it hears, and fails if it is told to. */
final class RecordingListener implements StreamListener {
  boolean failing;
  int heard;

  private void hear() {
    heard++;
    if (failing) {
      IllegalStateException failure = new IllegalStateException("a listener fails on purpose");
      failure.setStackTrace(new StackTraceElement[0]);
      throw failure;
    }
  }

  @Override
  public void deliver(Chunk chunk, long readyMicros) {
    hear();
  }

  @Override
  public void gap(long epoch, long from, long to) {
    hear();
  }

  @Override
  public void manifest(Manifest manifest) {
    hear();
  }

  @Override
  public void ended(long epoch) {
    hear();
  }

  @Override
  public void notice(EngineEvent event) {
    hear();
  }
}

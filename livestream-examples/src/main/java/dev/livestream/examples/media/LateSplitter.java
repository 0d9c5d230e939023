package dev.livestream.examples.media;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For input that says nothing yet when the broadcast begins: decides at the first bytes. What needs
 * a header has come too late for it, and is passed on as bytes.
 */
final class LateSplitter implements MediaSplitter {
  private @Nullable MediaSplitter chosen;

  @Override
  public String contentType() {
    return "application/octet-stream";
  }

  @Override
  public Optional<byte[]> header() {
    return Optional.of(new byte[0]);
  }

  @Override
  public void push(byte[] bytes, int offset, int length, MediaSink sink)
      throws IOException, InterruptedException {
    if (chosen == null && length > 0) {
      boolean packets =
          bytes[offset] == TsPacket.SYNC
              && (length <= TsPacket.BYTES || bytes[offset + TsPacket.BYTES] == TsPacket.SYNC);
      chosen = packets ? new TsSplitter() : new RawSplitter();
    }
    if (chosen != null) {
      chosen.push(bytes, offset, length, sink);
    }
  }

  @Override
  public void drain(MediaSink sink) throws IOException, InterruptedException {
    if (chosen != null) {
      chosen.drain(sink);
    }
  }

  @Override
  public void finish(MediaSink sink) throws IOException, InterruptedException {
    if (chosen != null) {
      chosen.finish(sink);
    }
  }
}

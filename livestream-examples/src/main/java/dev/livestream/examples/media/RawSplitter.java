package dev.livestream.examples.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Passes on bytes of any kind as they come: no place to start is better than another. */
public final class RawSplitter implements MediaSplitter {
  private static final int UNIT_BYTES = 4096;

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
    for (int from = offset; from < offset + length; from += UNIT_BYTES) {
      int to = Math.min(from + UNIT_BYTES, offset + length);
      ByteBuffer data = ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, to));
      sink.accept(new MediaUnit(data, false, MediaUnit.UNTIMED, false));
    }
  }

  @Override
  public void drain(MediaSink sink) {}

  @Override
  public void finish(MediaSink sink) {}
}

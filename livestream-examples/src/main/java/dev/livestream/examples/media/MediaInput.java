package dev.livestream.examples.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Media to broadcast, recognised by its first bytes: an MPEG transport stream, a fragmented MP4, or
 * anything else, which is passed on as bytes.
 */
public final class MediaInput {
  private static final int READ_BYTES = 64 * 1024;

  /** How much is looked at to find a header or a clock. */
  private static final int PROBE_BYTES = 2 << 20;

  /** Longest header that a stream can carry. */
  private static final int MAX_HEADER_BYTES = 32 * 1024;

  private final InputStream in;
  private final byte[] head;
  private final Supplier<MediaSplitter> format;
  private final String contentType;
  private final byte[] header;
  private final long bitrate;

  private MediaInput(
      InputStream in, byte[] head, Supplier<MediaSplitter> format, MediaSplitter probe, long rate) {
    this.in = in;
    this.head = head;
    this.format = format;
    this.contentType = probe.contentType();
    this.header = probe.header().orElseThrow();
    this.bitrate = rate;
  }

  /**
   * Looks at the first bytes of a stream. Waits for them.
   *
   * @param in the media
   * @param thorough whether to read as far as it takes to measure its bit rate; not for live input
   * @throws IOException if it cannot be read
   */
  public static MediaInput open(InputStream in, boolean thorough)
      throws IOException, InterruptedException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    read(in, head, 2 * TsPacket.BYTES);
    byte[] first = head.toByteArray();
    if (isTransportStream(first)) {
      if (thorough) {
        read(in, head, PROBE_BYTES);
      }
      byte[] bytes = head.toByteArray();
      return new MediaInput(in, bytes, TsSplitter::new, new TsSplitter(), bitrate(bytes));
    }
    if (isMp4(first)) {
      MediaSplitter probe = new Mp4Segmenter();
      if (findHeader(in, head, probe)) {
        return new MediaInput(in, head.toByteArray(), Mp4Segmenter::new, probe, 0);
      }
    }
    return raw(in, head.toByteArray());
  }

  /** Takes a stream that says nothing yet, without waiting for it. */
  public static MediaInput openLate(InputStream in) {
    return new MediaInput(in, new byte[0], LateSplitter::new, new LateSplitter(), 0);
  }

  private static MediaInput raw(InputStream in, byte[] head) {
    return new MediaInput(in, head, RawSplitter::new, new RawSplitter(), 0);
  }

  private static boolean isTransportStream(byte[] first) {
    return first.length >= TsPacket.BYTES
        && first[0] == TsPacket.SYNC
        && (first.length <= TsPacket.BYTES || first[TsPacket.BYTES] == TsPacket.SYNC);
  }

  private static boolean isMp4(byte[] first) {
    return first.length >= 8 && new String(first, 4, 4, StandardCharsets.ISO_8859_1).equals("ftyp");
  }

  private static boolean findHeader(InputStream in, ByteArrayOutputStream head, MediaSplitter probe)
      throws IOException, InterruptedException {
    int pushed = 0;
    try {
      while (probe.header().isEmpty() && head.size() <= PROBE_BYTES) {
        byte[] bytes = head.toByteArray();
        probe.push(bytes, pushed, bytes.length - pushed, unit -> {});
        pushed = bytes.length;
        if (probe.header().isEmpty() && !read(in, head, bytes.length + 1)) {
          return false;
        }
      }
    } catch (MediaFormatException e) {
      return false;
    }
    return probe.header().filter(bytes -> bytes.length <= MAX_HEADER_BYTES).isPresent();
  }

  /** What a transport stream carries in bits per second by its own clock; 0 if it has none. */
  private static long bitrate(byte[] bytes) throws IOException, InterruptedException {
    long[] last = new long[2];
    long[] size = new long[1];
    new TsSplitter()
        .push(
            bytes,
            0,
            bytes.length,
            unit -> {
              if (unit.micros() > last[0]) {
                last[0] = unit.micros();
                last[1] = size[0];
              }
              size[0] += unit.size();
            });
    return last[0] == 0 ? 0 : last[1] * 8_000_000 / last[0];
  }

  /** Reads until there are so many bytes; false if the input ends before. */
  private static boolean read(InputStream in, ByteArrayOutputStream head, int size)
      throws IOException {
    byte[] buffer = new byte[READ_BYTES];
    while (head.size() < size) {
      int count = in.read(buffer);
      if (count < 0) {
        return false;
      }
      head.write(buffer, 0, count);
    }
    return true;
  }

  /** The MIME type. */
  public String contentType() {
    return contentType;
  }

  /** What a player needs before any unit; may be empty. */
  public byte[] header() {
    return header.clone();
  }

  /** The average rate in bits per second as far as it is known from the media itself; else 0. */
  public long bitrate() {
    return bitrate;
  }

  /**
   * Passes on all of the media, once.
   *
   * @param sink takes the units
   * @throws IOException if the input cannot be read, or the sink fails
   * @throws InterruptedException if the sink was told to stop
   */
  public void pump(MediaSink sink) throws IOException, InterruptedException {
    MediaSplitter splitter = format.get();
    splitter.push(head, 0, head.length, sink);
    byte[] buffer = new byte[READ_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      splitter.push(buffer, 0, count, sink);
      if (in.available() == 0) {
        splitter.drain(sink);
      }
    }
    splitter.finish(sink);
  }
}

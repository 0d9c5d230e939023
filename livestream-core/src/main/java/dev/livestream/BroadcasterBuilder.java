package dev.livestream;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.wire.StreamParameters;
import dev.livestream.wire.WireLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/** The choices for a {@link Broadcaster}. Not thread-safe. */
public final class BroadcasterBuilder extends StreamBuilder<BroadcasterBuilder> {
  private static final int ANY_CHUNK_BYTES = 4_096;
  private static final int DEFAULT_WINDOW = 1024;
  private static final int LARGEST_WINDOW = 4096;
  private static final int WINDOW_SECONDS = 10;

  private final ChannelKey key;
  private String title = "";
  private String contentType = "";
  private byte[] header = {};
  private BitRate bitrate = BitRate.ZERO;
  private int chunkBytes;
  private int substreams = StreamParameters.USUAL_SUBSTREAMS;
  private int windowChunks;
  private WhenBehind whenBehind = WhenBehind.block(Duration.ofSeconds(10));
  private Duration maxBatchDelay = Duration.ofMillis(20);
  private Duration linger = Duration.ofSeconds(10);

  BroadcasterBuilder(ChannelKey key) {
    this.key = Objects.requireNonNull(key, "key");
  }

  @Override
  BroadcasterBuilder self() {
    return this;
  }

  /**
   * What the stream is called.
   *
   * @param text at most 256 bytes of UTF-8; empty unless said
   * @return this
   * @throws IllegalArgumentException if it is too long
   */
  public BroadcasterBuilder title(String text) {
    this.title = checkLength("The title", text, WireLimits.TITLE_BYTES);
    return this;
  }

  /**
   * The media's MIME type, such as {@code video/mp2t}.
   *
   * @param type at most 128 bytes of UTF-8; empty unless said
   * @return this
   * @throws IllegalArgumentException if it is too long
   */
  public BroadcasterBuilder contentType(String type) {
    this.contentType = checkLength("The content type", type, WireLimits.CONTENT_TYPE_BYTES);
    return this;
  }

  /**
   * What every viewer gets before its first media byte, wherever it joins: MP4 and Matroska need
   * one. Signed like everything else.
   *
   * @param bytes at most 32 KiB, copied; empty unless said
   * @return this
   * @throws IllegalArgumentException if it is too long
   */
  public BroadcasterBuilder header(byte[] bytes) {
    this.header = checkHeader(bytes).clone();
    return this;
  }

  static byte[] checkHeader(byte[] bytes) {
    if (bytes.length > WireLimits.STREAM_HEADER_BYTES) {
      throw new IllegalArgumentException(
          "The header has at most "
              + WireLimits.STREAM_HEADER_BYTES
              + " bytes, not "
              + bytes.length
              + ".");
    }
    return bytes;
  }

  /**
   * What will be written on average. A hint: peers plan with it until they have measured, and the
   * window is chosen by it.
   *
   * @param rate at most 10 Gbit/s; {@link BitRate#ZERO} if not known, as unless said
   * @return this
   * @throws IllegalArgumentException if it is above 10 Gbit/s
   */
  public BroadcasterBuilder bitrate(BitRate rate) {
    if (rate.bitsPerSecond() > 10_000_000_000L) {
      throw new IllegalArgumentException("The bit rate must be at most 10 Gbit/s, not " + rate);
    }
    this.bitrate = rate;
    return this;
  }

  /**
   * How long chunks are at most. Short ones travel faster, long ones cost less: each chunk carries
   * some 120 bytes of its own. A large key frame that is written at once is cut into shorter ones,
   * two for each substream.
   *
   * @param bytes 512 to 65,536; unless said, 26 ms of media by {@link #bitrate}, between 2,048 and
   *     32,768, and 8,192 if that is not known
   * @return this
   * @throws IllegalArgumentException if out of range
   */
  public BroadcasterBuilder chunkSize(int bytes) {
    this.chunkBytes = new StreamParameters(1, bytes, 64, 0).maxChunkBytes();
    return this;
  }

  /**
   * Into how many parts the stream is split, each with a tree of its own.
   *
   * @param count 1 to 64; 8 unless said
   * @return this
   * @throws IllegalArgumentException if out of range
   */
  public BroadcasterBuilder substreams(int count) {
    this.substreams = new StreamParameters(count, ANY_CHUNK_BYTES, 64, 0).substreams();
    return this;
  }

  /**
   * How many of the latest chunks every peer keeps for others. Unless said, about ten seconds'
   * worth by {@link #bitrate}, or 1,024 if that is not known.
   *
   * @param chunks a power of two, 64 to 4,096
   * @return this
   * @throws IllegalArgumentException if out of range
   */
  public BroadcasterBuilder window(int chunks) {
    this.windowChunks = new StreamParameters(1, ANY_CHUNK_BYTES, chunks, 0).windowChunks();
    return this;
  }

  /**
   * What a write does while the uplink cannot keep up. Unless said, it waits for up to 10 seconds.
   *
   * @param policy see there
   * @return this
   */
  public BroadcasterBuilder whenBehind(WhenBehind policy) {
    this.whenBehind = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * How long a byte waits at most for its chunk to fill before the chunk is sent as it is.
   *
   * @param delay 1 ms to 1 s; 20 ms unless said
   * @return this
   * @throws IllegalArgumentException if out of range
   */
  public BroadcasterBuilder maxBatchDelay(Duration delay) {
    this.maxBatchDelay =
        within("The batch delay", delay, Duration.ofMillis(1), Duration.ofSeconds(1));
    return this;
  }

  /**
   * How long {@link Broadcaster#close} goes on serving at most, so that viewers can fetch the rest.
   *
   * @param time 0 to 10 minutes; 10 s unless said
   * @return this
   * @throws IllegalArgumentException if out of range
   */
  public BroadcasterBuilder linger(Duration time) {
    this.linger = within("The linger time", time, Duration.ZERO, Duration.ofMinutes(10));
    return this;
  }

  /**
   * Opens the endpoint if need be, and begins to broadcast. Waits for the socket, not for viewers.
   *
   * @return the broadcaster, to be closed by the caller
   * @throws IOException with one clear sentence if the address cannot be bound
   * @throws IllegalStateException if the given endpoint is closed or takes part in this stream
   *     already
   */
  public Broadcaster start() throws IOException {
    return Broadcaster.start(this);
  }

  ChannelKey key() {
    return key;
  }

  String title() {
    return title;
  }

  String contentType() {
    return contentType;
  }

  byte[] header() {
    return header.clone();
  }

  WhenBehind whenBehind() {
    return whenBehind;
  }

  Duration maxBatchDelay() {
    return maxBatchDelay;
  }

  Duration linger() {
    return linger;
  }

  StreamParameters parameters() {
    int longest =
        chunkBytes > 0 ? chunkBytes : StreamParameters.usualChunkBytes(bitrate.bitsPerSecond());
    int window = windowChunks;
    if (window == 0) {
      long wanted = bitrate.bytesPerSecond() * WINDOW_SECONDS / longest;
      window = DEFAULT_WINDOW;
      while (window < LARGEST_WINDOW && window < wanted) {
        window *= 2;
      }
    }
    return new StreamParameters(substreams, longest, window, bitrate.bitsPerSecond());
  }

  private static String checkLength(String what, String text, int limit) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > limit) {
      throw new IllegalArgumentException(
          what + " has at most " + limit + " bytes of UTF-8, not " + bytes + ".");
    }
    return text;
  }
}

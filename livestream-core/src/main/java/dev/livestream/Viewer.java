package dev.livestream;

import dev.livestream.node.StreamConfig;
import dev.livestream.wire.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Reads a stream, verified and in order, and passes it on to other viewers.
 *
 * <pre>{@code
 * try (Viewer viewer =
 *     Viewer.builder(StreamLink.parse(args[0])).targetLatency(Duration.ofSeconds(1)).join()) {
 *   viewer.input().transferTo(player);
 * }
 * }</pre>
 *
 * <h2>Ways to read</h2>
 *
 * As bytes ({@link #read}, {@link #input}, {@link #channel}, {@link #publisher}) or as chunks with
 * all that is known of them ({@link #nextChunk}). All of them take from the same place: a byte is
 * read once. Reading begins with the stream's header, and where the broadcaster has begun anew, the
 * new run's header comes before its first byte.
 *
 * <h2>Gaps</h2>
 *
 * What does not come in time is skipped, and what comes while nobody reads is kept only up to the
 * read buffer's size. Both are told at the exact place: {@link #nextChunk} returns a {@link
 * Media.Gap}; for those who read bytes, {@link StreamEvent.Missed} is told between the last byte
 * before the gap and the first one after it, {@link #lastGap} has it from then on, and one read
 * never spans a gap. Bytes go on after it at once; whether to wait for a key frame is up to the
 * program.
 *
 * <h2>The end</h2>
 *
 * When the broadcaster ends the stream, reading ends. When the broadcaster only falls silent,
 * reading waits: it may come back, and then the viewer carries on by itself.
 *
 * <h2>Threads</h2>
 *
 * Thread-safe. A reader that does not read costs no more than its buffer, and its peers notice
 * nothing. Reading on the endpoint's loop is refused.
 */
public final class Viewer implements AutoCloseable {
  private final StreamLink link;
  private final Participation participation;
  private final ViewerFeed feed;
  private final MediaReader reader;
  private final Duration linger;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Viewer(ViewerBuilder choices, Participation participation, ViewerFeed feed) {
    this.link = choices.link();
    this.participation = participation;
    this.feed = feed;
    this.reader = new MediaReader(feed.queue(), participation);
    this.linger = choices.linger();
  }

  /**
   * Begins to choose.
   *
   * @param link what the broadcaster handed out
   * @return a builder with nothing else chosen
   */
  public static ViewerBuilder builder(StreamLink link) {
    return new ViewerBuilder(link);
  }

  static Viewer join(ViewerBuilder choices) throws IOException {
    EventHub events = new EventHub(choices.listeners());
    ViewerFeed feed = new ViewerFeed(events, new MediaQueue(choices.readBuffer()));
    Participation participation =
        Participation.begin(
            choices,
            new StreamConfig(
                choices.link().channel(),
                Role.VIEWER,
                choices.isLeafOnly(),
                true,
                choices.targetLatency(),
                choices.uploadBytesPerSecond(),
                choices.link().hints()),
            feed,
            events);
    Joining.await(participation, feed.answered(), choices.link(), choices.joinTimeout());
    return new Viewer(choices, participation, feed);
  }

  /**
   * The stream that is viewed.
   *
   * @return the link it was joined with
   */
  public StreamLink link() {
    return link;
  }

  /**
   * A link to the stream that leads to this viewer first and then to where it found the stream.
   *
   * @return the link
   */
  public StreamLink relayLink() {
    return participation.linkThrough(link);
  }

  /**
   * What the broadcaster says of its stream, as far as it has come.
   *
   * @return the latest description; not empty once joined
   */
  public Optional<StreamInfo> info() {
    return feed.info();
  }

  /**
   * Reads bytes. Waits until there is at least one.
   *
   * @param target where to put them
   * @return how many were read; 0 only if the target has no room; -1 at the end of the stream
   * @throws java.nio.channels.ClosedChannelException if the viewer is closed, or is closed while
   *     the read waits
   * @throws java.io.InterruptedIOException if the thread is interrupted while it waits
   * @throws IOException if the endpoint is gone
   * @throws IllegalStateException if called on the endpoint's loop
   */
  public int read(ByteBuffer target) throws IOException {
    return reader.read(target);
  }

  /**
   * Reads the next piece of the stream, with all that is known of it. Waits until there is one.
   * What {@link #read} has left of a chunk comes first.
   *
   * @return the piece; {@link Media.End} at the end, and again however often it is called then
   * @throws IOException as {@link #read}
   */
  public Media nextChunk() throws IOException {
    return reader.next();
  }

  /**
   * The viewer as an input stream. Closing it closes the viewer.
   *
   * @return a view
   */
  public InputStream input() {
    return new ViewerInputStream(this, reader);
  }

  /**
   * The viewer as a channel. Closing it closes the viewer.
   *
   * @return a view
   */
  public ReadableByteChannel channel() {
    return new ViewerChannel(this);
  }

  /**
   * The viewer as a publisher of read-only buffers, which takes from the stream no faster than its
   * subscriber asks. For one subscriber, once. It completes at the end of the stream and fails if
   * the viewer is closed before.
   *
   * @return a view whose subscriber is called on the common pool
   */
  public Flow.Publisher<ByteBuffer> publisher() {
    return publisher(ForkJoinPool.commonPool());
  }

  /**
   * As {@link #publisher()}, with the subscriber called elsewhere.
   *
   * @param executor where the subscriber is called; never at the same time
   * @return a view
   */
  public Flow.Publisher<ByteBuffer> publisher(Executor executor) {
    return new MediaPublisher(feed.queue(), reader, executor);
  }

  /**
   * The latest gap that a reader has passed.
   *
   * @return empty if there was none
   */
  public Optional<Media.Gap> lastGap() {
    return reader.lastGap();
  }

  /**
   * How many gaps readers have passed.
   *
   * @return 0 if every byte since the start was read
   */
  public long gaps() {
    return reader.gaps();
  }

  /**
   * How many bytes, headers included, were read.
   *
   * @return the reader's position
   */
  public long position() {
    return reader.position();
  }

  /**
   * The figures up to now; after closing, the last ones. Waits for the loop for moments.
   *
   * @return a snapshot
   */
  public StreamStats stats() {
    return EngineMapping.viewer(
        participation.snapshot(),
        feed.reading(
            participation.stream().joinedMicros(), participation.endpoint().node().loop()));
  }

  /**
   * Who serves this viewer and whom it serves. Waits for the loop for moments.
   *
   * @return a snapshot
   */
  public SwarmView swarm() {
    return participation.swarm();
  }

  /**
   * Adds a listener; see {@link StreamBuilder#onEvent} for what it may do.
   *
   * @param listener hears every event from now on
   */
  public void onEvent(Consumer<? super StreamEvent> listener) {
    participation.events().add(listener);
  }

  /**
   * Whether {@link #close} has been called.
   *
   * @return true from then on
   */
  public boolean isClosed() {
    return closed.get();
  }

  /**
   * Leaves the stream. If the broadcast has ended, goes on serving others until they have fetched
   * the rest or the linger time is over. If it goes on, serves those who depend on it until they
   * have found others, mostly some tenths of a second and at most 1.5 s, or until the linger time
   * is over. Waits for all that; an interrupt cuts the serving short and is kept. Closing twice is
   * fine.
   *
   * @throws IllegalStateException if called on the endpoint's loop
   */
  @Override
  public void close() {
    participation.refuseOnLoop("close");
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    feed.queue().close();
    try {
      if (feed.ended()) {
        participation.lingerUntilDrained(linger);
      } else {
        participation.lingerUntilReplaced(linger);
      }
    } finally {
      participation.leave();
    }
  }

  @Override
  public String toString() {
    return "Viewer[" + link.channel() + "]";
  }
}

package dev.livestream;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.node.StreamConfig;
import dev.livestream.spi.PeerAddress;
import dev.livestream.wire.Role;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Makes a stream: takes bytes, cuts and signs them, and serves them to the first few viewers, who
 * pass them on.
 *
 * <pre>{@code
 * try (Broadcaster broadcaster =
 *     Broadcaster.builder(ChannelKey.generate()).title("Harbour cam").start()) {
 *   System.out.println(broadcaster.link());
 *   camera.transferTo(broadcaster.output());
 * }
 * }</pre>
 *
 * <h2>Chunks</h2>
 *
 * Bytes are collected into chunks. A chunk leaves when it is full, at {@link #flush}, before a
 * {@link #keyFrame} or a change of {@link #priority}, and at the latest after the batch delay. A
 * program that writes frames does best to flush after each.
 *
 * <h2>Where viewers start</h2>
 *
 * A viewer that joins starts at the latest chunk that begins with a key frame; or, if the next key
 * frame is so near that twice as much time has passed since the last one, and at most 0.7 s away,
 * with that. In a stream whose program never calls {@link #keyFrame}, it may start with any chunk.
 *
 * <h2>Runs</h2>
 *
 * Each broadcaster is a new run of its channel (an epoch). When a program starts again with the
 * same key, viewers that are still there carry on by themselves, with the new run's header first.
 * There must never be two broadcasters of one channel at once: viewers follow the one started last.
 *
 * <h2>Threads</h2>
 *
 * Thread-safe; writes from several threads are not mixed within one write. Nothing here may be
 * called on the endpoint's loop but what says so.
 */
public final class Broadcaster implements AutoCloseable {
  private static final Duration SUSPEND_LINGER = Duration.ofMillis(500);

  private final ChannelKey key;
  private final Participation participation;
  private final ViewerCount viewers;
  private final ChunkWriter writer;
  private final Duration linger;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Broadcaster(
      BroadcasterBuilder choices,
      Participation participation,
      ViewerCount viewers,
      ChunkWriter writer) {
    this.key = choices.key();
    this.participation = participation;
    this.viewers = viewers;
    this.writer = writer;
    this.linger = choices.linger();
  }

  /**
   * Begins to choose.
   *
   * @param key the channel's private key; whoever has it can broadcast on the channel
   * @return a builder with nothing else chosen
   */
  public static BroadcasterBuilder builder(ChannelKey key) {
    return new BroadcasterBuilder(key);
  }

  static Broadcaster start(BroadcasterBuilder choices) throws IOException {
    EventHub events = new EventHub(choices.listeners());
    ViewerCount viewers = new ViewerCount();
    SourceListener listener = new SourceListener(events, viewers);
    Participation participation =
        Participation.begin(
            choices,
            new StreamConfig(
                choices.key().id(),
                Role.SOURCE,
                false,
                false,
                Duration.ofSeconds(1),
                choices.uploadBytesPerSecond(),
                List.of()),
            listener,
            events);
    try {
      ChunkWriter writer = ChunkWriter.start(choices, participation.stream(), events);
      return new Broadcaster(choices, participation, viewers, writer);
    } catch (RuntimeException | Error e) {
      participation.leave();
      throw e;
    }
  }

  /**
   * What to hand out to viewers. Knows more addresses once the first peers have connected, so it is
   * best asked for when it is needed.
   *
   * @return the link
   */
  public StreamLink link() {
    return StreamLink.of(key.id(), participation.endpoint().reachableAt());
  }

  /**
   * Where the broadcaster's endpoint listens.
   *
   * @return the local address, with the real port
   */
  public PeerAddress localAddress() {
    return participation.endpoint().localAddress();
  }

  /**
   * Writes media bytes. Waits while the uplink is behind, if that is the policy (see {@link
   * BroadcasterBuilder#whenBehind}), and for moments while earlier writes are handed over.
   *
   * @param bytes what to write, from position to limit; afterwards the position is at the limit
   * @throws java.nio.channels.ClosedChannelException if the broadcaster is closed, or is closed
   *     while the write waits
   * @throws java.io.InterruptedIOException if the thread is interrupted while it waits; bytes
   *     before the buffer's position were written
   * @throws IOException if the endpoint is gone
   * @throws IllegalStateException if called on the endpoint's loop
   */
  public void write(ByteBuffer bytes) throws IOException {
    writer.write(bytes);
  }

  /**
   * Ends the chunk that was begun and sends it. Does nothing if there is none.
   *
   * @throws IOException as {@link #write}
   */
  public void flush() throws IOException {
    writer.flush();
  }

  /**
   * Says that the next byte begins a key frame: a place where a player can start. Ends the chunk
   * before it. The chunk that begins here has at least the priority {@link
   * ChunkPriority#KEY_FRAME}.
   *
   * @throws IOException as {@link #write}
   */
  public void keyFrame() throws IOException {
    writer.keyFrame();
  }

  /**
   * How much what follows matters when not everything can be in time. Ends the chunk before if that
   * is a change.
   *
   * @param priority for all bytes until it is changed; {@link ChunkPriority#ORDINARY} at first
   * @throws IOException as {@link #write}
   */
  public void priority(ChunkPriority priority) throws IOException {
    writer.priority(priority);
  }

  /**
   * Begins a new run with a header of its own, as when the picture's size has changed. Sends what
   * was written before, but viewers that do not have it yet may not get it any more.
   *
   * @param header at most 32 KiB, copied; may be empty
   * @throws IllegalArgumentException if it is too long
   * @throws IOException as {@link #write}
   */
  public void restart(byte[] header) throws IOException {
    writer.restart(BroadcasterBuilder.checkHeader(header));
  }

  /**
   * The broadcaster as an output stream. Its {@code flush} ends a chunk; closing it closes the
   * broadcaster.
   *
   * @return a view
   */
  public OutputStream output() {
    return new BroadcastOutputStream(this);
  }

  /**
   * The broadcaster as a channel. A write takes all bytes. Closing it closes the broadcaster.
   *
   * @return a view
   */
  public WritableByteChannel channel() {
    return new BroadcastChannel(this);
  }

  /**
   * How many peers are connected to the broadcaster itself. More may watch through others.
   *
   * @return the number now; callable on the loop
   */
  public int viewersConnected() {
    return viewers.count();
  }

  /**
   * Waits until some viewers are connected.
   *
   * @param count how many
   * @param timeout how long to wait at most
   * @return whether there are as many now
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalStateException if called on the endpoint's loop
   */
  public boolean awaitViewers(int count, Duration timeout) throws InterruptedException {
    participation.refuseOnLoop("awaitViewers");
    return viewers.await(count, timeout);
  }

  /**
   * The figures up to now; after closing, the last ones. Waits for the loop for moments.
   *
   * @return a snapshot
   */
  public StreamStats stats() {
    return EngineMapping.broadcaster(
        participation.snapshot(), writer.chunksWritten(), writer.bytesWritten());
  }

  /**
   * Whom this broadcaster serves. Waits for the loop for moments.
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
   * Ends the stream: sends what was written, tells everyone where the end is, goes on serving until
   * the viewers connected have fetched the rest or the linger time is over, and leaves. Waits for
   * all that; an interrupt cuts the serving short and is kept. Closing twice is fine.
   *
   * @throws IllegalStateException if called on the endpoint's loop
   */
  @Override
  public void close() {
    close(true);
  }

  /**
   * Leaves without ending the stream: for a program that is about to start again. Viewers wait for
   * the next broadcaster with the same key and carry on with it. Like {@link #close}, this goes on
   * serving, but only for half a second: without an end nobody can tell who has everything. What is
   * called first counts.
   *
   * @throws IllegalStateException if called on the endpoint's loop
   */
  public void suspend() {
    close(false);
  }

  private void close(boolean forGood) {
    participation.refuseOnLoop("close");
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      if (forGood) {
        writer.close();
        participation.lingerUntilDrained(linger);
      } else {
        writer.suspend();
        participation.lingerUntilDrained(SUSPEND_LINGER);
      }
    } finally {
      participation.leave();
    }
  }

  @Override
  public String toString() {
    return "Broadcaster[" + key.id() + " at " + localAddress() + "]";
  }
}

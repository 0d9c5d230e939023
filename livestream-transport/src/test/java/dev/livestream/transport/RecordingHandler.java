package dev.livestream.transport;

import dev.livestream.spi.CloseReason;
import dev.livestream.spi.Connection;
import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.Loop;
import dev.livestream.spi.TransferOutcome;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes down all callbacks of one connection, and every breach of their order, so that each test
 * of the suite also checks {@link #violations}.
 */
public final class RecordingHandler implements ConnectionHandler {
  /** One ended transfer. */
  public record Ended(long transfer, TransferOutcome outcome) {}

  private final Supplier<@Nullable Loop> loop;
  private final List<byte[]> control = new CopyOnWriteArrayList<>();
  private final List<byte[]> chunks = new CopyOnWriteArrayList<>();
  private final List<ByteBuffer> chunkBuffers = new CopyOnWriteArrayList<>();
  private final List<Ended> ended = new CopyOnWriteArrayList<>();
  private final List<CloseReason> closed = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private volatile @Nullable Connection connection;

  private volatile Consumer<Connection> onOpened = opened -> {};
  private volatile Consumer<byte[]> onControl = frame -> {};
  private volatile Consumer<byte[]> onChunk = frame -> {};
  private volatile Consumer<Ended> onEnded = transfer -> {};
  private volatile Consumer<CloseReason> onClosed = reason -> {};

  /**
   * Makes a handler.
   *
   * @param loop the loop that all callbacks must come on; may give null while it is not yet known
   */
  public RecordingHandler(Supplier<@Nullable Loop> loop) {
    this.loop = loop;
  }

  /** Runs something inside {@code opened}. */
  public RecordingHandler whenOpened(Consumer<Connection> action) {
    onOpened = action;
    return this;
  }

  /** Runs something inside {@code control}. */
  public RecordingHandler whenControl(Consumer<byte[]> action) {
    onControl = action;
    return this;
  }

  /** Runs something inside {@code chunk}. */
  public RecordingHandler whenChunk(Consumer<byte[]> action) {
    onChunk = action;
    return this;
  }

  /** Runs something inside {@code transferEnded}. */
  public RecordingHandler whenEnded(Consumer<Ended> action) {
    onEnded = action;
    return this;
  }

  /** Runs something inside {@code closed}. */
  public RecordingHandler whenClosed(Consumer<CloseReason> action) {
    onClosed = action;
    return this;
  }

  @Override
  public void opened(Connection opened) {
    check("opened");
    if (connection != null) {
      violations.add("opened twice");
    }
    connection = opened;
    onOpened.accept(opened);
  }

  @Override
  public void control(ByteBuffer frame) {
    checkOpen("control");
    byte[] bytes = bytes(frame);
    control.add(bytes);
    onControl.accept(bytes);
  }

  @Override
  public void chunk(ByteBuffer frame) {
    checkOpen("chunk");
    if (!frame.hasArray()) {
      violations.add("a chunk without an accessible array");
    }
    byte[] bytes = bytes(frame);
    chunkBuffers.add(frame);
    chunks.add(bytes);
    onChunk.accept(bytes);
  }

  @Override
  public void transferEnded(long transfer, TransferOutcome outcome) {
    checkOpen("transferEnded");
    Ended end = new Ended(transfer, outcome);
    ended.add(end);
    onEnded.accept(end);
  }

  @Override
  public void closed(CloseReason reason) {
    check("closed");
    closed.add(reason);
    onClosed.accept(reason);
  }

  private void checkOpen(String callback) {
    check(callback);
    if (connection == null) {
      violations.add(callback + " before opened");
    }
  }

  private void check(String callback) {
    Loop expected = loop.get();
    if (expected != null && !expected.inLoop()) {
      violations.add(callback + " off the loop");
    }
    if (!closed.isEmpty()) {
      violations.add(callback + " after closed");
    }
  }

  private static byte[] bytes(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.duplicate().get(bytes);
    return bytes;
  }

  /** The open connection. */
  public Connection connection() {
    Connection known = connection;
    if (known == null) {
      throw new AssertionError("the connection was never opened; closed with " + closed);
    }
    return known;
  }

  /** Whether {@code opened} has come. */
  public boolean isOpened() {
    return connection != null;
  }

  /** Whether {@code closed} has come. */
  public boolean isClosed() {
    return !closed.isEmpty();
  }

  /** The control frames so far, in order. */
  public List<byte[]> controlFrames() {
    return control;
  }

  /** The chunk frames so far, in order. */
  public List<byte[]> chunkFrames() {
    return chunks;
  }

  /** The very buffers that the chunks came in. */
  public List<ByteBuffer> chunkBuffers() {
    return chunkBuffers;
  }

  /** The transfers that have ended, in order. */
  public List<Ended> ended() {
    return ended;
  }

  /** The reasons heard; one at most if all is well. */
  public List<CloseReason> closeReasons() {
    return closed;
  }

  /** What came at the wrong time or on the wrong thread. */
  public List<String> violations() {
    return violations;
  }
}

package dev.livestream.node;

import dev.livestream.crypto.PeerId;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.Connection;
import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.Loop;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.ChunkCodec;
import dev.livestream.wire.Message;
import dev.livestream.wire.MessageCodec;
import dev.livestream.wire.WireException;
import dev.livestream.wire.WireLimits;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: where bytes become messages, and where a peer that breaks the form is shut out.
 *
 * <p>A connection that this side opened belongs to a stream from the start. One that the other side
 * opened waits for its first frame, which has to begin with a hello that names the stream.
 */
final class PeerLink implements ConnectionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);
  private static final long HELLO_TIMEOUT_MICROS = 5_000_000;

  private final Node node;
  private final @Nullable PeerAddress dialled;
  private final @Nullable PeerId expected;
  private final Transfers transfers = new Transfers();
  private @Nullable StreamNode stream;
  private @Nullable Connection connection;
  private @Nullable ControlLimit limit;
  private Loop.@Nullable Scheduled helloTimer;
  private boolean greeted;
  private boolean dead;
  private long sendingTransfer = -1;
  private @Nullable TransferOutcome endedWhileSending;
  private long endedTransfer;

  private PeerLink(
      Node node,
      @Nullable StreamNode stream,
      @Nullable PeerAddress dialled,
      @Nullable PeerId expected) {
    this.node = node;
    this.stream = stream;
    this.dialled = dialled;
    this.expected = expected;
  }

  /** For a connection that another peer opens. */
  static PeerLink incoming(Node node) {
    return new PeerLink(node, null, null, null);
  }

  /** For a connection that a stream opens. */
  static PeerLink outgoing(
      Node node, StreamNode stream, PeerAddress address, @Nullable PeerId expected) {
    return new PeerLink(node, stream, address, expected);
  }

  @Override
  public void opened(Connection opened) {
    connection = opened;
    long now = node.loop().nowMicros();
    limit = new ControlLimit(now);
    if (dead) {
      opened.close(CloseReason.DONE);
      return;
    }
    if (node.shunned().contains(opened.remoteId(), now)) {
      dead = true;
      opened.close(CloseReason.PROTOCOL_ERROR);
      if (stream != null) {
        stream.connectFailed(this, CloseReason.PROTOCOL_ERROR);
      }
    } else if (stream == null) {
      node.waiting(this, true);
      helloTimer =
          node.loop().schedule(HELLO_TIMEOUT_MICROS, () -> refuse("no hello", CloseReason.DONE));
    } else if (opened.remoteId().equals(node.id())) {
      // A hint or a stale record led back to this very endpoint.
      dead = true;
      opened.close(CloseReason.DONE);
      stream.connectFailed(this, CloseReason.WRONG_PEER);
    } else {
      stream.dialled(this);
    }
  }

  @Override
  public void control(ByteBuffer frame) {
    if (dead || limit == null) {
      return;
    }
    int bytes = frame.remaining();
    long now = node.loop().nowMicros();
    count(bytes);
    if (!limit.allowsFrame(bytes, now)) {
      refuse("too many control bytes", CloseReason.PROTOCOL_ERROR);
      return;
    }
    try {
      List<Message> messages = MessageCodec.decode(frame);
      if (!limit.allowsMessages(messages, now)) {
        refuse("too many messages", CloseReason.PROTOCOL_ERROR);
      } else if (!messages.isEmpty()) {
        handle(messages, bytes);
      }
    } catch (WireException e) {
      refuse(e.getMessage(), CloseReason.PROTOCOL_ERROR);
    }
  }

  private void handle(List<Message> messages, int frameBytes) {
    if (!greeted && !(messages.get(0) instanceof Message.Hello)) {
      refuse("the first message is not a hello", CloseReason.PROTOCOL_ERROR);
      return;
    }
    for (Message message : messages) {
      if (message instanceof Message.Hello hello && !admits(hello, frameBytes)) {
        return;
      }
    }
    for (Message message : messages) {
      // Handling one message may end the connection.
      if (dead || stream == null) {
        return;
      }
      stream.received(this, message);
    }
  }

  /** Whether a hello is in order; refuses the connection if not, and finds its stream. */
  private boolean admits(Message.Hello hello, int frameBytes) {
    if (hello.minVersion() > WireLimits.VERSION || hello.version() < 1) {
      refuse("no version in common", CloseReason.VERSION);
      return false;
    }
    if (!hello.record().id().equals(remoteId())) {
      refuse("a hello with another peer's record", CloseReason.PROTOCOL_ERROR);
      return false;
    }
    if (stream != null && !stream.channel().equals(hello.channel())) {
      refuse("a hello for another stream", CloseReason.PROTOCOL_ERROR);
      return false;
    }
    if (stream == null) {
      StreamNode named = node.find(hello.channel());
      if (named == null) {
        refuse("a stream that is not here", CloseReason.UNKNOWN_STREAM);
        return false;
      }
      stopWaiting();
      stream = named;
      named.traffic().received(frameBytes);
      if (!named.welcomed(this)) {
        return false;
      }
    }
    greeted = true;
    return true;
  }

  @Override
  public void chunk(ByteBuffer frame) {
    if (dead) {
      return;
    }
    count(frame.remaining());
    if (stream == null) {
      refuse("a chunk before the hello", CloseReason.PROTOCOL_ERROR);
      return;
    }
    try {
      stream.receivedChunk(this, ChunkCodec.decode(frame));
    } catch (WireException e) {
      refuse(e.getMessage(), CloseReason.PROTOCOL_ERROR);
    }
  }

  @Override
  public void transferEnded(long transfer, TransferOutcome outcome) {
    if (dead || stream == null) {
      return;
    }
    Long engineTransfer = transfers.end(transfer);
    if (engineTransfer != null) {
      stream.transferEnded(this, engineTransfer, outcome);
    } else if (sendingTransfer >= 0) {
      // It ended before the transport has even told its number.
      endedWhileSending = outcome;
      endedTransfer = transfer;
    }
  }

  @Override
  public void closed(CloseReason reason) {
    stopWaiting();
    if (dead) {
      return;
    }
    dead = true;
    if (reason == CloseReason.PROTOCOL_ERROR) {
      // Frames that are too long never come this far: the transport ends their connection.
      traffic().refused();
    }
    if (stream == null) {
      return;
    }
    if (connection == null) {
      stream.connectFailed(this, reason);
    } else {
      stream.disconnected(this, reason);
    }
  }

  /** Sends messages: in one frame, unless they carry so many records that they need several. */
  void send(List<Message> messages) {
    if (dead || connection == null) {
      return;
    }
    if (messages.size() > 1
        && MessageCodec.encodedBytes(messages) > WireLimits.CONTROL_FRAME_BYTES) {
      send(messages.subList(0, messages.size() / 2));
      send(messages.subList(messages.size() / 2, messages.size()));
      return;
    }
    ByteBuffer frame = MessageCodec.encode(messages);
    traffic().sent(frame.remaining());
    connection.sendControl(frame);
  }

  /** Sends a chunk. */
  void sendChunk(long engineTransfer, Chunk chunk, long deadlineMicros) {
    if (dead || connection == null) {
      return;
    }
    traffic().sent(chunk.frameBytes());
    node.overhead().chunk(chunk.frameBytes());
    sendingTransfer = engineTransfer;
    endedWhileSending = null;
    long transfer = connection.sendChunk(chunk.frame(), deadlineMicros);
    sendingTransfer = -1;
    TransferOutcome outcome = endedWhileSending;
    if (outcome != null && endedTransfer == transfer && stream != null) {
      stream.transferEnded(this, engineTransfer, outcome);
    } else {
      transfers.begin(engineTransfer, transfer);
    }
  }

  void cancel(long engineTransfer) {
    Long transfer = transfers.onConnection(engineTransfer);
    if (transfer != null && connection != null && !dead) {
      connection.cancel(transfer);
    }
  }

  /** Closes the connection without a word to the stream. */
  void close(CloseReason reason) {
    stopWaiting();
    dead = true;
    if (connection != null) {
      connection.close(reason);
    }
  }

  /** Closes the connection for what the other side did. */
  private void refuse(@Nullable String why, CloseReason reason) {
    if (dead) {
      return;
    }
    LOG.debug("Closing the connection to {}: {} ({})", this, why, reason);
    boolean blamed = reason == CloseReason.PROTOCOL_ERROR;
    StreamNode told = stream;
    close(reason);
    if (blamed) {
      node.shunned().add(remoteId(), node.loop().nowMicros());
      (told == null ? node.strangers() : told.traffic()).refused();
    }
    if (told != null) {
      told.disconnected(this, reason);
      if (blamed) {
        told.banned(remoteId(), String.valueOf(why));
      }
    }
  }

  private void count(int bytes) {
    if (stream != null) {
      stream.traffic().received(bytes);
    }
  }

  private TrafficMeter traffic() {
    return stream == null ? node.strangers() : stream.traffic();
  }

  private void stopWaiting() {
    if (helloTimer != null) {
      helloTimer.cancel();
      helloTimer = null;
      node.waiting(this, false);
    }
  }

  /** Whether this side opened the connection. */
  boolean isOutgoing() {
    return dialled != null;
  }

  /** The address that was dialled. */
  PeerAddress dialledAddress() {
    if (dialled == null) {
      throw new IllegalStateException("the other side dialled");
    }
    return dialled;
  }

  @Nullable PeerId expected() {
    return expected;
  }

  /** The other side's proven id. */
  PeerId remoteId() {
    return connection().remoteId();
  }

  /** The connection, once it is open. */
  Connection connection() {
    if (connection == null) {
      throw new IllegalStateException("not open yet");
    }
    return connection;
  }

  boolean isDead() {
    return dead;
  }

  @Override
  public String toString() {
    return connection == null
        ? String.valueOf(dialled)
        : connection.remoteId().shortText() + " at " + connection.remoteAddress();
  }
}

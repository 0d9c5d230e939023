package dev.livestream.transport.swarm;

import dev.livestream.crypto.ChannelId;
import dev.livestream.crypto.PeerIdentity;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.Connection;
import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import dev.livestream.spi.Transport;
import dev.livestream.spi.TransportConfig;
import dev.livestream.spi.TransportProvider;
import dev.livestream.wire.Message;
import dev.livestream.wire.MessageCodec;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import dev.livestream.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A peer that says and sends whatever a test wants it to, to whom it dials and who dials it. */
final class Intruder implements AutoCloseable {
  /** Its own limits are wide, so that it can break those of others. */
  private static final TransportConfig.Limits WIDE =
      new TransportConfig.Limits(
          1 << 20, 1 << 20, 1_024, 64, Duration.ofSeconds(3), Duration.ofSeconds(12));

  private static final int BACKLOG = 256 * 1024;

  private final PeerIdentity identity = PeerIdentity.generate();
  private final ChannelId channel;
  private final Transport transport;
  private final List<Line> called = new CopyOnWriteArrayList<>();
  private volatile Consumer<Line> whenCalled = line -> {};

  Intruder(TransportProvider network, ChannelId channel) throws IOException {
    this.channel = channel;
    this.transport =
        network.open(
            new TransportConfig(identity, Swarm.LOOPBACK, WIDE),
            () -> {
              Line line = new Line(opened -> whenCalled.accept(opened));
              called.add(line);
              return line;
            });
  }

  PeerIdentity identity() {
    return identity;
  }

  PeerAddress address() {
    return transport.localAddress();
  }

  PeerRecord record() {
    return PeerRecord.sign(identity, List.of(address()), 1_700_000_000L, false);
  }

  Message.Hello hello() {
    return new Message.Hello(1, 1, channel, record(), Role.VIEWER, null);
  }

  /** Does something with everyone who dials. */
  void whenCalled(Consumer<Line> action) {
    whenCalled = action;
  }

  List<Line> called() {
    return called;
  }

  /** Dials, and waits until the connection is open or refused. */
  Line dial(PeerAddress target) {
    Line line = dialLater(target);
    Swarm.await("an answer", () -> line.connection != null || line.closed != null);
    return line;
  }

  /** Dials, and waits for nothing. */
  Line dialLater(PeerAddress target) {
    Line line = new Line(opened -> {});
    transport.loop().execute(() -> transport.connect(target, null, line));
    return line;
  }

  /** Dials and says hello as it should. */
  Line join(PeerAddress target) {
    Line line = dial(target);
    line.say(hello());
    line.awaitMessage(Message.Hello.class, hello -> true);
    return line;
  }

  @Override
  public void close() {
    transport.close();
  }

  /** One connection of the intruder. */
  final class Line implements ConnectionHandler {
    private final Consumer<Line> whenOpened;
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final List<ByteBuffer> chunks = new CopyOnWriteArrayList<>();
    private volatile @Nullable Connection connection;
    private volatile @Nullable CloseReason closed;

    private Line(Consumer<Line> whenOpened) {
      this.whenOpened = whenOpened;
    }

    @Override
    public void opened(Connection opened) {
      connection = opened;
      whenOpened.accept(this);
    }

    @Override
    public void control(ByteBuffer frame) {
      try {
        messages.addAll(MessageCodec.decode(frame));
      } catch (WireException e) {
        throw new AssertionError("an honest peer broke the wire format", e);
      }
    }

    @Override
    public void chunk(ByteBuffer frame) {
      chunks.add(frame);
    }

    @Override
    public void transferEnded(long transfer, TransferOutcome outcome) {
      // It does not care what becomes of what it sends.
    }

    @Override
    public void closed(CloseReason reason) {
      closed = reason;
    }

    /** Says messages in one frame, if the connection is still there. */
    void say(Message... said) {
      control(MessageCodec.encode(List.of(said)).array());
    }

    /** Sends any bytes as a control frame. */
    void control(byte[] frame) {
      onLoop(open -> open.sendControl(ByteBuffer.wrap(frame)));
    }

    /** Sends any bytes as a chunk frame. */
    void chunk(byte[] frame) {
      onLoop(open -> open.sendChunk(ByteBuffer.wrap(frame), Long.MAX_VALUE));
    }

    /** Sends the same control frame over and over, as long as not too much of it waits. */
    void flood(byte[] frame) {
      onLoop(
          open -> {
            // Counted too, because a connection that has just been closed takes in any number.
            for (int said = 0;
                said < BACKLOG && open.stats().queuedBytes() < BACKLOG;
                said += frame.length) {
              open.sendControl(ByteBuffer.wrap(frame));
            }
          });
    }

    private void onLoop(Consumer<Connection> action) {
      transport
          .loop()
          .execute(
              () -> {
                Connection open = connection;
                if (open != null && closed == null) {
                  action.accept(open);
                }
              });
    }

    void close() {
      onLoop(open -> open.close(CloseReason.DONE));
    }

    /** What honest peers said on this line. */
    List<Message> messages() {
      return messages;
    }

    /** The chunk frames that came. */
    List<ByteBuffer> chunks() {
      return chunks;
    }

    boolean isClosed() {
      return closed != null;
    }

    CloseReason awaitClosed() {
      Swarm.await("the line is closed", () -> closed != null);
      CloseReason reason = closed;
      if (reason == null) {
        throw new AssertionError("opened again");
      }
      return reason;
    }

    <M extends Message> M awaitMessage(Class<M> kind, Predicate<M> which) {
      Swarm.await("a " + kind.getSimpleName(), () -> closed != null || find(kind, which) != null);
      M found = find(kind, which);
      if (found == null) {
        throw new AssertionError("closed with " + closed + " before a " + kind.getSimpleName());
      }
      return found;
    }

    private <M extends Message> @Nullable M find(Class<M> kind, Predicate<M> which) {
      for (Message message : messages) {
        if (kind.isInstance(message) && which.test(kind.cast(message))) {
          return kind.cast(message);
        }
      }
      return null;
    }

    /** Asks for a sign of life and waits for it, and so for whatever was said before. */
    void awaitStillThere(long nonce) {
      say(new Message.Ping(nonce));
      awaitMessage(Message.Pong.class, pong -> pong.nonce() == nonce);
    }
  }
}

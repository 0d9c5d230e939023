package dev.livestream.fake;

import dev.livestream.crypto.PeerIdentity;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.Connection;
import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import dev.livestream.spi.TransportConfig;
import dev.livestream.wire.Message;
import dev.livestream.wire.MessageCodec;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A peer that says what the test wants, and remembers what it is told. */
public final class ScriptedPeer implements ConnectionHandler {
  private final PeerIdentity identity;
  private final FakeNetwork.Endpoint endpoint;
  private final List<Message> received = new ArrayList<>();
  private Connection connection;
  private CloseReason closedFor;

  private ScriptedPeer(FakeNetwork network, PeerIdentity identity) throws IOException {
    this.identity = identity;
    this.endpoint =
        network.open(
            new TransportConfig(
                identity, new PeerAddress("127.0.0.1", 0), TransportConfig.Limits.DEFAULT),
            () -> this);
  }

  /** A peer whose identity follows from a number. */
  public static ScriptedPeer on(FakeNetwork network, int seed) throws IOException {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    bytes[1] = (byte) (seed >> 8);
    return new ScriptedPeer(network, PeerIdentity.fromSeed(bytes));
  }

  /** Its own record. */
  public PeerRecord record() {
    return PeerRecord.sign(identity, List.of(endpoint.localAddress()), 1_700_000_000L, false);
  }

  /** Opens its one connection. */
  public void connect(PeerAddress address) {
    endpoint.connect(address, null, this);
  }

  /** Says one thing. */
  public void send(Message message) {
    send(List.of(message));
  }

  /** Says several things in one frame. */
  public void send(List<Message> messages) {
    sendRaw(MessageCodec.encode(messages));
  }

  /** Sends any control frame. */
  public void sendRaw(ByteBuffer frame) {
    connection.sendControl(frame);
  }

  /** Sends any chunk frame. */
  public void sendChunk(ByteBuffer frame) {
    connection.sendChunk(frame, Long.MAX_VALUE);
  }

  /** What it was told. */
  public List<Message> received() {
    return received;
  }

  /** Why its connection was closed, or null if it was not. */
  public CloseReason closedFor() {
    return closedFor;
  }

  @Override
  public void opened(Connection opened) {
    connection = opened;
  }

  @Override
  public void control(ByteBuffer frame) {
    try {
      received.addAll(MessageCodec.decode(frame));
    } catch (WireException e) {
      throw new AssertionError("the product sent what it would refuse", e);
    }
  }

  @Override
  public void chunk(ByteBuffer frame) {
    // Only control messages are looked at.
  }

  @Override
  public void transferEnded(long transfer, TransferOutcome outcome) {
    // Transfers need no care here.
  }

  @Override
  public void closed(CloseReason reason) {
    closedFor = reason;
  }
}

package dev.livestream.fake;

import dev.livestream.crypto.PeerId;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.Connection;
import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.ConnectionStats;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** One side of a connection. */
final class FakeConnection implements Connection {
  private static final long LOST_AFTER_MICROS = 12_000_000;

  private final FakeNetwork network;
  private final FakeNetwork.Endpoint endpoint;
  private final ConnectionHandler handler;
  private final FakeNetwork.Endpoint remote;
  private final boolean outgoing;
  private final Set<Long> cancelled = new HashSet<>();
  private FakeConnection other;
  private long nextTransfer;
  private boolean closed;
  private boolean crashed;

  private FakeConnection(
      FakeNetwork network,
      FakeNetwork.Endpoint endpoint,
      ConnectionHandler handler,
      FakeNetwork.Endpoint remote,
      boolean outgoing) {
    this.network = network;
    this.endpoint = endpoint;
    this.handler = handler;
    this.remote = remote;
    this.outgoing = outgoing;
  }

  static void open(
      FakeNetwork network,
      FakeNetwork.Endpoint from,
      ConnectionHandler dialler,
      FakeNetwork.Endpoint to,
      ConnectionHandler listener) {
    FakeConnection near = new FakeConnection(network, from, dialler, to, true);
    FakeConnection far = new FakeConnection(network, to, listener, from, false);
    near.other = far;
    far.other = near;
    to.opened(far);
    from.opened(near);
    listener.opened(far);
    dialler.opened(near);
  }

  @Override
  public PeerId remoteId() {
    return remote.localId();
  }

  @Override
  public PeerAddress remoteAddress() {
    return remote.reached();
  }

  @Override
  public boolean outgoing() {
    return outgoing;
  }

  @Override
  public void sendControl(ByteBuffer frame) {
    if (closed) {
      return;
    }
    endpoint.sent(frame.remaining());
    ByteBuffer copy = copy(frame);
    network.loop().schedule(network.latencyMicros(), () -> other.deliverControl(copy));
  }

  private void deliverControl(ByteBuffer frame) {
    if (!closed) {
      handler.control(frame);
    }
  }

  @Override
  public long sendChunk(ByteBuffer frame, long deadlineMicros) {
    long transfer = nextTransfer++;
    if (closed) {
      return transfer;
    }
    endpoint.sent(frame.remaining());
    ByteBuffer copy = copy(frame);
    network
        .loop()
        .execute(
            () -> {
              boolean stopped = cancelled.remove(transfer);
              if (!closed) {
                handler.transferEnded(
                    transfer, stopped ? TransferOutcome.CANCELLED : TransferOutcome.SENT);
              }
              if (!stopped) {
                network.loop().schedule(network.latencyMicros(), () -> other.deliverChunk(copy));
              }
            });
    return transfer;
  }

  private void deliverChunk(ByteBuffer frame) {
    if (!closed) {
      handler.chunk(frame);
    }
  }

  @Override
  public void cancel(long transfer) {
    cancelled.add(transfer);
  }

  @Override
  public ConnectionStats stats() {
    return new ConnectionStats(Math.max(1, 2 * network.latencyMicros()), 0, 0);
  }

  @Override
  public void close(CloseReason reason) {
    if (closed) {
      return;
    }
    end(reason);
    if (!crashed) {
      network.loop().schedule(network.latencyMicros(), () -> other.end(reason));
    }
  }

  private void end(CloseReason reason) {
    if (closed) {
      return;
    }
    closed = true;
    endpoint.gone(this);
    handler.closed(reason);
  }

  void crash() {
    crashed = true;
    closed = true;
    endpoint.gone(this);
    network.loop().schedule(LOST_AFTER_MICROS, () -> other.end(CloseReason.LOST));
  }

  private static ByteBuffer copy(ByteBuffer frame) {
    ByteBuffer copy = ByteBuffer.allocate(frame.remaining());
    copy.put(frame.duplicate()).flip();
    return copy;
  }
}

package dev.livestream.transport.quic;

import dev.livestream.spi.PeerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one peer and another, like a NAT: passes datagrams on from a port of its own, and
 * can change that port, fall silent, or hold back answers, or questions for a while.
 */
final class UdpRelay implements AutoCloseable {
  private static final int MAX_DATAGRAM = 65_536;

  private final DatagramChannel front;
  private final SocketAddress target;
  private final List<DatagramChannel> backs = new CopyOnWriteArrayList<>();
  private volatile @Nullable SocketAddress client;
  private volatile DatagramChannel back;
  private volatile boolean silent;
  private final LongAdder swallowed = new LongAdder();
  private volatile boolean unanswered;
  private volatile boolean onlyFirst;
  private volatile boolean unasked;

  UdpRelay(PeerAddress target) {
    this.target = Peers.socket(target.host(), target.port());
    this.front = bound();
    this.back = newBack();
    start("relay-front", () -> forward(front));
  }

  PeerAddress address() {
    try {
      return new PeerAddress("127.0.0.1", ((InetSocketAddress) front.getLocalAddress()).getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on the target sees the peer at another port. */
  void rebind() {
    back = newBack();
  }

  /** Drops everything. */
  void fallSilent() {
    silent = true;
  }

  /** Bytes that the peer has sent in vain since then. */
  long swallowed() {
    return swallowed.sum();
  }

  /** Drops what the target says. */
  void holdBackAnswers() {
    unanswered = true;
  }

  /** Drops what the peer says after its first datagram. */
  void holdBackAllButTheFirst() {
    onlyFirst = true;
  }

  /** Drops what the peer says, or no longer does so. */
  void holdBackQuestions(boolean hold) {
    unasked = hold;
  }

  private DatagramChannel newBack() {
    DatagramChannel channel = bound();
    backs.add(channel);
    start("relay-back", () -> answer(channel));
    return channel;
  }

  private static DatagramChannel bound() {
    try {
      return DatagramChannel.open().bind(Peers.socket("127.0.0.1", 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(String name, Runnable loop) {
    Thread thread = new Thread(loop, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void forward(DatagramChannel from) {
    pump(
        from,
        (sender, datagram) -> {
          boolean first = client == null;
          client = sender;
          if (silent) {
            swallowed.add(datagram.remaining());
          }
          if (!silent && !unasked && (first || !onlyFirst)) {
            back.send(datagram, target);
          }
        });
  }

  private void answer(DatagramChannel from) {
    pump(
        from,
        (sender, datagram) -> {
          SocketAddress to = client;
          if (!silent && !unanswered && to != null) {
            front.send(datagram, to);
          }
        });
  }

  private interface Step {
    void pass(SocketAddress sender, ByteBuffer datagram) throws IOException;
  }

  private static void pump(DatagramChannel from, Step step) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    try {
      while (true) {
        buffer.clear();
        SocketAddress sender = from.receive(buffer);
        step.pass(sender, buffer.flip());
      }
    } catch (ClosedChannelException closed) {
      // The relay is closed.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      front.close();
      for (DatagramChannel channel : backs) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

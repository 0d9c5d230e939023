package dev.livestream.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.PeerIdentity;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.Transport;
import dev.livestream.spi.TransportConfig;
import dev.livestream.spi.TransportConfig.Limits;
import dev.livestream.transport.RealTimeHarness;
import dev.livestream.transport.RecordingHandler;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** QUIC endpoints on loopback, and waiting for what happens between them. */
final class Peers implements AutoCloseable {
  static final PeerAddress LOOPBACK = new PeerAddress("127.0.0.1", 0);

  private final QuicTransportProvider provider = new QuicTransportProvider();
  private final RealTimeHarness clock = new RealTimeHarness(provider, LOOPBACK, LOOPBACK);
  private final List<Transport> transports = new ArrayList<>();

  /** An endpoint and the handlers of the connections opened to it. */
  record Peer(Transport transport, List<RecordingHandler> accepted) {
    PeerAddress address() {
      return transport.localAddress();
    }

    /** Those of them that are open, or were. */
    List<RecordingHandler> opened() {
      return accepted.stream().filter(RecordingHandler::isOpened).toList();
    }

    RecordingHandler onlyAccepted() {
      assertThat(accepted).hasSize(1);
      return accepted.get(0);
    }
  }

  Peer open() {
    return open(Limits.DEFAULT);
  }

  Peer open(Limits limits) {
    try {
      return open(LOOPBACK, limits);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Peer open(PeerAddress listen, Limits limits) throws IOException {
    List<RecordingHandler> accepted = new CopyOnWriteArrayList<>();
    CompletableFuture<Transport> self = new CompletableFuture<>();
    Transport transport =
        provider.open(
            new TransportConfig(PeerIdentity.generate(), listen, limits),
            () -> {
              RecordingHandler handler = new RecordingHandler(() -> self.join().loop());
              accepted.add(handler);
              return handler;
            });
    self.complete(transport);
    transports.add(transport);
    return new Peer(transport, accepted);
  }

  /** Connects to an address, which may be that of something in between. */
  RecordingHandler connect(Peer from, PeerAddress to) {
    RecordingHandler handler = new RecordingHandler(() -> from.transport().loop());
    onLoop(
        from,
        () -> {
          from.transport().connect(to, null, handler);
          return true;
        });
    return handler;
  }

  /** Connects and waits until both sides are open. */
  RecordingHandler link(Peer from, Peer to) {
    return link(from, to.address(), to);
  }

  /** The same through something in between. */
  RecordingHandler linkThrough(UdpRelay relay, Peer from, Peer to) {
    return link(from, relay.address(), to);
  }

  private RecordingHandler link(Peer from, PeerAddress address, Peer to) {
    int before = to.opened().size();
    RecordingHandler near = connect(from, address);
    await(() -> near.isOpened() && to.opened().size() > before);
    return near;
  }

  <T> T onLoop(Peer peer, Supplier<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    peer.transport().loop().execute(() -> result.complete(task.get()));
    await(result::isDone);
    return result.join();
  }

  /** Keeps a loop busy for a while. */
  void waste(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }

  long sendChunk(Peer from, RecordingHandler handler, byte[] frame) {
    return onLoop(
        from, () -> handler.connection().sendChunk(ByteBuffer.wrap(frame), Long.MAX_VALUE));
  }

  void sendControl(Peer from, RecordingHandler handler, byte[] frame) {
    onLoop(
        from,
        () -> {
          handler.connection().sendControl(ByteBuffer.wrap(frame));
          return true;
        });
  }

  void await(BooleanSupplier condition) {
    assertThat(clock.await(condition)).as("it happens in the end").isTrue();
  }

  /** The default limits with other times. */
  static Limits silence(Duration keepAlive, Duration idleTimeout) {
    Limits base = Limits.DEFAULT;
    return new Limits(
        base.controlFrameBytes(),
        base.chunkFrameBytes(),
        base.connections(),
        base.chunksInFlight(),
        keepAlive,
        idleTimeout);
  }

  /** The default limits with another number of connections. */
  static Limits connections(int connections) {
    Limits base = Limits.DEFAULT;
    return new Limits(
        base.controlFrameBytes(),
        base.chunkFrameBytes(),
        connections,
        base.chunksInFlight(),
        base.keepAlive(),
        base.idleTimeout());
  }

  /** Bytes that differ in every place from those of another seed. */
  static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  /** A socket address from literals. */
  static InetSocketAddress socket(String ip, int port) {
    return new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(ip), port);
  }

  /** The threads that the transport runs, in all. */
  static List<String> loopThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("livestream-quic"))
        .toList();
  }

  @Override
  public void close() {
    transports.forEach(Transport::close);
  }
}

package dev.livestream.transport.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.Broadcaster;
import dev.livestream.BroadcasterBuilder;
import dev.livestream.Endpoint;
import dev.livestream.Relay;
import dev.livestream.StreamLink;
import dev.livestream.Viewer;
import dev.livestream.ViewerBuilder;
import dev.livestream.crypto.ChannelKey;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransportProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Programs on one network, closed in the end in the reverse order of their opening. */
final class Swarm implements AutoCloseable {
  static final PeerAddress LOOPBACK = new PeerAddress("127.0.0.1", 0);

  /** Far longer than anything takes; only a failing test waits for it. */
  static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final long LOOK_AGAIN_NANOS = 1_000_000;

  private final TransportProvider network;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  Swarm(TransportProvider network) {
    this.network = network;
  }

  TransportProvider network() {
    return network;
  }

  /** Closes something together with the swarm. */
  <C extends AutoCloseable> C closing(C closeable) {
    open.push(closeable);
    return closeable;
  }

  Endpoint endpoint() throws IOException {
    return closing(Endpoint.builder().transport(network).listen(LOOPBACK).open());
  }

  BroadcasterBuilder broadcaster(ChannelKey key) throws IOException {
    return Broadcaster.builder(key).endpoint(endpoint()).linger(Duration.ofSeconds(10));
  }

  /** Patient, so that a test machine that stands still for a moment loses nothing. */
  ViewerBuilder viewer(StreamLink link, Endpoint endpoint) {
    return Viewer.builder(link)
        .endpoint(endpoint)
        .targetLatency(Duration.ofSeconds(20))
        .linger(Duration.ZERO);
  }

  ViewerBuilder viewer(StreamLink link) throws IOException {
    return viewer(link, endpoint());
  }

  /** A viewer on an endpoint of its own, read to the end. */
  Reader reader(StreamLink link) throws IOException {
    return Reader.of(closing(viewer(link).join()));
  }

  Relay relay(StreamLink link) throws IOException {
    return closing(Relay.builder(link).endpoint(endpoint()).linger(Duration.ZERO).join());
  }

  /** A port on this machine. */
  static PeerAddress address(int port) {
    return new PeerAddress("127.0.0.1", port);
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as(what).isNegative();
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  /** Compares without printing a megabyte. */
  static void assertSame(byte[] actual, byte[] expected) {
    int mismatch = Arrays.mismatch(actual, expected);
    assertThat(mismatch)
        .as("first difference of %d bytes read and %d written", actual.length, expected.length)
        .isEqualTo(-1);
  }

  static byte[] media(long seed, int bytes) {
    byte[] media = new byte[bytes];
    new SplittableRandom(seed).nextBytes(media);
    return media;
  }

  static byte[] joined(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Stream.of(parts).mapToInt(part -> part.length).sum());
    Stream.of(parts).forEach(all::put);
    return all.array();
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new AssertionError("closing is not to fail", e);
      }
    }
  }
}

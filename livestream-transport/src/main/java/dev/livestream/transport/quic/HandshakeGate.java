package dev.livestream.transport.quic;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Decides what an unfinished handshake may cost.
 *
 * <p>A first datagram can carry any sender's address, and answering it costs memory and a
 * signature. So only a few handshakes may be under way on trust. From then on, or as soon as one
 * address has several, or no more connections are wanted, a newcomer must first show that it
 * receives what is sent to its address: a Retry, which costs it one round trip and this side no
 * memory. Checking always would cost every viewer that round trip at start-up. And even proven
 * addresses may have only so many handshakes under way, each for itself and all together; further
 * datagrams are dropped, and the peer's own repetition is the queue.
 */
final class HandshakeGate {
  /** Handshakes on trust, in all. */
  static final int ON_TRUST = 32;

  /** Handshakes on trust from one address. */
  static final int ON_TRUST_PER_SOURCE = 8;

  /** Handshakes under way from one address: many viewers may share one behind a NAT. */
  static final int PER_SOURCE = 64;

  /** Handshakes under way in all, but never more than connections are allowed. */
  static final int IN_ALL = 256;

  private static final int IPV6_NETWORK_BYTES = 8;

  private final int inAll;
  private final Map<ByteBuffer, Integer> bySource = new HashMap<>();
  private int pending;

  HandshakeGate(int connectionLimit) {
    inAll = Math.max(1, Math.min(IN_ALL, connectionLimit));
  }

  /**
   * Whether a newcomer must prove its address first.
   *
   * @param full whether there is no room for another connection
   */
  boolean demandsProof(InetAddress source, boolean full) {
    return full
        || pending >= Math.min(ON_TRUST, inAll)
        || pendingFrom(source) >= ON_TRUST_PER_SOURCE;
  }

  /** Whether a newcomer that has proved its address may begin now. */
  boolean admits(InetAddress source) {
    return pending < inAll && pendingFrom(source) < PER_SOURCE;
  }

  /**
   * A handshake begins.
   *
   * @return to be run when it is over, however it ends; further runs do nothing
   */
  Runnable begin(InetAddress source) {
    ByteBuffer key = key(source);
    pending++;
    bySource.merge(key, 1, Integer::sum);
    AtomicBoolean over = new AtomicBoolean();
    return () -> {
      if (over.compareAndSet(false, true)) {
        pending--;
        bySource.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
      }
    };
  }

  int pending() {
    return pending;
  }

  private int pendingFrom(InetAddress source) {
    return bySource.getOrDefault(key(source), 0);
  }

  /** Whoever has one IPv6 address has its whole network of 64 bits. */
  private static ByteBuffer key(InetAddress source) {
    byte[] bytes = source.getAddress();
    return source instanceof Inet6Address
        ? ByteBuffer.wrap(bytes, 0, IPV6_NETWORK_BYTES)
        : ByteBuffer.wrap(bytes);
  }
}

package dev.livestream.transport.quic;

import dev.livestream.spi.PeerAddress;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns host names into addresses without blocking a loop: the system's resolver blocks, so names
 * (not literals) go to at most two threads that all endpoints share and that end when idle.
 */
final class Resolver {
  private static final int THREADS = 2;
  private static final int QUEUE = 256;
  private static final Executor LOOKUPS = lookups();

  private Resolver() {}

  private static Executor lookups() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            new DefaultThreadFactory("livestream-dns", true));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /**
   * Finds an address that a socket can send to.
   *
   * @param local the socket's own address
   * @param answer gets the address, or null if there is none; at once for literals, else on another
   *     thread
   */
  static void resolve(
      PeerAddress address, InetSocketAddress local, Consumer<@Nullable InetSocketAddress> answer) {
    String host = address.host();
    if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
      answer.accept(lookUp(address, local));
      return;
    }
    try {
      LOOKUPS.execute(() -> answer.accept(lookUp(address, local)));
    } catch (RejectedExecutionException full) {
      answer.accept(null);
    }
  }

  private static @Nullable InetSocketAddress lookUp(PeerAddress address, InetSocketAddress local) {
    if (address.port() == 0) {
      return null;
    }
    try {
      for (InetAddress candidate : InetAddress.getAllByName(address.host())) {
        if (reachable(candidate, local.getAddress())) {
          return new InetSocketAddress(candidate, address.port());
        }
      }
      return null;
    } catch (UnknownHostException unknown) {
      return null;
    }
  }

  /** A socket reaches its own family; one that is bound to IPv6's wildcard reaches both. */
  private static boolean reachable(InetAddress remote, InetAddress local) {
    boolean sameFamily = (remote instanceof Inet4Address) == (local instanceof Inet4Address);
    return sameFamily || (local.isAnyLocalAddress() && remote instanceof Inet4Address);
  }
}

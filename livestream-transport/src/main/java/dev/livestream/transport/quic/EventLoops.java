package dev.livestream.transport.quic;

import dev.livestream.spi.Ticker;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of this JVM: one or two daemon threads that all endpoints share, however many
 * there are. The first endpoint starts them, the last one ends them.
 */
final class EventLoops {
  private static final int MAX_THREADS = 2;
  private static final EventLoops SHARED = new EventLoops();

  private @Nullable EventLoopGroup group;
  private @Nullable Ticker ticker;
  private int leases;

  private EventLoops() {}

  static EventLoops shared() {
    return SHARED;
  }

  /** Whether Linux's own interface is used instead of the JDK's. */
  static boolean epoll() {
    return Epoll.isAvailable();
  }

  /** Takes part in a loop until the lease is closed. */
  synchronized Lease lease() {
    EventLoopGroup running = group;
    Ticker time = ticker;
    if (running == null || time == null) {
      running = start();
      time = Ticker.system();
      group = running;
      ticker = time;
    }
    leases++;
    return new Lease(running.next(), time);
  }

  private static EventLoopGroup start() {
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    IoHandlerFactory io = epoll() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory("livestream-quic", true), io);
  }

  private synchronized void release() {
    leases--;
    EventLoopGroup running = group;
    if (leases == 0 && running != null) {
      Future<?> unused = running.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      group = null;
      ticker = null;
    }
  }

  /** One endpoint's share in a loop. Closing twice is fine. */
  final class Lease implements AutoCloseable {
    private final EventLoop eventLoop;
    private final Ticker ticker;
    private final AtomicBoolean released = new AtomicBoolean();

    private Lease(EventLoop eventLoop, Ticker ticker) {
      this.eventLoop = eventLoop;
      this.ticker = ticker;
    }

    EventLoop eventLoop() {
      return eventLoop;
    }

    /** The one clock of all endpoints. */
    Ticker ticker() {
      return ticker;
    }

    /** The kind of socket that the loop can serve. */
    DatagramChannel newSocket() {
      return epoll() ? new EpollDatagramChannel() : new NioDatagramChannel();
    }

    @Override
    public void close() {
      if (released.compareAndSet(false, true)) {
        release();
      }
    }
  }
}

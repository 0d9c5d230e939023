package dev.livestream.transport.quic;

import dev.livestream.crypto.PeerId;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.Loop;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.Transport;
import dev.livestream.spi.TransportConfig;
import dev.livestream.spi.TransportStats;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One endpoint: one UDP socket, and on it the connections of both roles.
 *
 * <p>Everything happens on one event loop. The engine provider of each codec runs right before a
 * connection comes into being, and is where its identity check and its connection ids are bound to
 * it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are heard where they matter.
final class QuicTransport implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(QuicTransport.class);
  private static final AttributeKey<PeerCheck> CHECK =
      AttributeKey.valueOf(PeerCheck.class, "check");
  private static final int SWEEPS_PER_KEEP_ALIVE = 4;
  private static final long MIN_SWEEP_MICROS = 10_000;

  private final TransportConfig config;
  private final PeerId localId;
  private final EventLoops.Lease lease;
  private final Endpoint endpoint;
  private final PeerTls tls;
  private final ConnectionIds ids = new ConnectionIds();
  private final Traffic traffic = new Traffic();
  private final HandshakeGate gate;
  private final StreamSetup streams = new StreamSetup();
  private final DatagramChannel socket;
  private final PeerAddress localAddress;
  private final ScheduledFuture<?> sweeps;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

  static QuicTransport open(TransportConfig config, Supplier<? extends ConnectionHandler> incoming)
      throws IOException {
    EventLoops.Lease lease = EventLoops.shared().lease();
    boolean opened = false;
    try {
      QuicTransport transport = new QuicTransport(config, incoming, lease);
      opened = true;
      return transport;
    } finally {
      if (!opened) {
        lease.close();
      }
    }
  }

  private QuicTransport(
      TransportConfig config,
      Supplier<? extends ConnectionHandler> incoming,
      EventLoops.Lease lease)
      throws IOException {
    this.config = config;
    this.localId = config.identity().id();
    this.lease = lease;
    Complaints complaints = new Complaints(LOG);
    NettyLoop loop = new NettyLoop(lease.eventLoop(), lease.ticker(), complaints);
    endpoint =
        new Endpoint(
            lease.eventLoop(), loop, config.limits(), incoming, new Connections(), complaints);
    gate = new HandshakeGate(config.limits().connections());
    tls = new PeerTls(config.identity());
    socket = Binding.bind(lease, config.listen(), pipeline());
    localAddress = Addresses.of(socket.localAddress());
    long sweepMicros =
        Math.max(
            MIN_SWEEP_MICROS,
            Durations.micros(config.limits().keepAlive()) / SWEEPS_PER_KEEP_ALIVE);
    sweeps =
        lease
            .eventLoop()
            .scheduleWithFixedDelay(this::sweep, sweepMicros, sweepMicros, TimeUnit.MICROSECONDS);
  }

  /** The order matters: connecting starts at the tail, and must come to the client codec first. */
  private ChannelHandler pipeline() {
    return new ChannelInitializer<DatagramChannel>() {
      @Override
      protected void initChannel(DatagramChannel channel) {
        Demux demux = new Demux(ids, traffic);
        AddressCheck addresses =
            new AddressCheck(gate, new AddressTokens(lease.ticker()), ids, endpoint::full);
        ChannelHandler server =
            Codecs.server(
                config.limits(),
                QuicTransport.this::serverEngine,
                addresses,
                ids,
                acceptor(),
                streams);
        channel.pipeline().addLast(demux, server);
        demux.serverCodec(channel.pipeline().context(server));
        channel
            .pipeline()
            .addLast(
                Codecs.client(config.limits(), QuicTransport.this::clientEngine),
                new ErrorSink(endpoint.complaints()));
      }
    };
  }

  private QuicSslEngine serverEngine(QuicChannel channel) {
    PeerCheck check = new PeerCheck(null);
    channel.attr(CHECK).set(check);
    ConnectionIds.Ids own = ids.server();
    channel.closeFuture().addListener(done -> own.release());
    return bound(channel, tls.accept(channel.alloc(), check));
  }

  private QuicSslEngine clientEngine(QuicChannel channel) {
    QuicConnection connection = channel.attr(StreamSetup.CONNECTION).get();
    return bound(channel, tls.open(channel.alloc(), connection.check()));
  }

  private QuicSslEngine bound(QuicChannel channel, QuicSslEngine engine) {
    channel.closeFuture().addListener(done -> tls.forget(engine));
    return engine;
  }

  private ChannelHandler acceptor() {
    return new ChannelInitializer<QuicChannel>() {
      @Override
      protected void initChannel(QuicChannel channel) {
        accept(channel);
      }
    };
  }

  private void accept(QuicChannel channel) {
    counted(channel);
    if (closing.get() || endpoint.full()) {
      channel.pipeline().addLast(new ErrorSink(endpoint.complaints()));
      Closing.refuse(endpoint, channel);
      return;
    }
    InetSocketAddress source = (InetSocketAddress) channel.remoteSocketAddress();
    PeerCheck check = channel.attr(CHECK).get();
    QuicConnection connection =
        QuicConnection.incoming(endpoint, check, gate.begin(source.getAddress()));
    channel.pipeline().addLast(new ChannelEvents(connection, endpoint.complaints()));
  }

  private void counted(QuicChannel channel) {
    endpoint.connections().channelOpened();
    channel.closeFuture().addListener(done -> endpoint.connections().channelClosed());
  }

  @Override
  public PeerId localId() {
    return localId;
  }

  @Override
  public PeerAddress localAddress() {
    return localAddress;
  }

  @Override
  public Loop loop() {
    return endpoint.loop();
  }

  @Override
  public TransportStats stats() {
    return traffic.snapshot(endpoint.connections().openCount());
  }

  @Override
  public void connect(PeerAddress address, @Nullable PeerId expected, ConnectionHandler handler) {
    QuicConnection connection = QuicConnection.outgoing(endpoint, new PeerCheck(expected), handler);
    if (closing.get()) {
      connection.close(CloseReason.LEAVING);
      return;
    }
    Resolver.resolve(
        address,
        socket.localAddress(),
        remote -> {
          if (endpoint.loop().inLoop()) {
            connectTo(connection, remote);
          } else {
            endpoint.loop().execute(() -> connectTo(connection, remote));
          }
        });
  }

  private void connectTo(QuicConnection connection, @Nullable InetSocketAddress remote) {
    if (connection.closed()) {
      return;
    }
    if (remote == null) {
      connection.failed(CloseReason.UNREACHABLE);
      return;
    }
    ConnectionIds.Ids own = ids.client();
    QuicChannel.newBootstrap(socket)
        .handler(
            new ChannelInitializer<QuicChannel>() {
              @Override
              protected void initChannel(QuicChannel channel) {
                counted(channel);
                channel.pipeline().addLast(new ChannelEvents(connection, endpoint.complaints()));
                channel.closeFuture().addListener(done -> own.release());
              }
            })
        .streamHandler(streams)
        // The sweep ends attempts that take too long, whether they wait for a name or an answer.
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
        .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, Codecs.SEGMENTS)
        .remoteAddress(remote)
        .localConnectionAddress(own.address())
        .connect()
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                endpoint.complaints().debug("a connection could not be opened", done.cause());
              }
            });
  }

  private void sweep() {
    long now = endpoint.loop().nowMicros();
    for (QuicConnection connection : endpoint.connections().live()) {
      connection.sweep(now);
    }
  }

  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      try {
        lease.eventLoop().execute(this::closeOnLoop);
      } catch (RejectedExecutionException ended) {
        closed.complete(null);
      }
    }
    if (!endpoint.loop().inLoop()) {
      closed.join();
    }
  }

  private void closeOnLoop() {
    sweeps.cancel(false);
    for (QuicConnection connection : endpoint.connections().live()) {
      connection.close(CloseReason.LEAVING);
    }
    AtomicBoolean once = new AtomicBoolean();
    Runnable closeSocket =
        () -> {
          if (once.compareAndSet(false, true)) {
            socket.flush();
            socket.close().addListener(done -> released());
          }
        };
    endpoint.connections().whenNoChannels(closeSocket);
    lease
        .eventLoop()
        .schedule(closeSocket, 2 * QuicSettings.LINGER.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** In a task of its own, so that whatever the closing has set in motion comes before. */
  private void released() {
    lease
        .eventLoop()
        .execute(
            () -> {
              lease.close();
              closed.complete(null);
            });
  }
}

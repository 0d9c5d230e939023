package dev.livestream.transport.quic;

import dev.livestream.spi.TransportConfig.Limits;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicCongestionControlAlgorithm;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.handler.codec.quic.QuicTokenHandler;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The transport parameters of both roles.
 *
 * <p>Congestion control is CUBIC: the codec sends without pacing, and BBR is built on it. The
 * engine paces instead, below what the uplink carries, so that CUBIC seldom fills a queue.
 */
final class Codecs {
  /** Several datagrams in one system call, where the kernel cuts them apart. */
  static final SegmentedDatagramPacketAllocator SEGMENTS =
      EventLoops.epoll()
          ? EpollQuicUtils.newSegmentedAllocator(QuicSettings.SEGMENTS)
          : SegmentedDatagramPacketAllocator.NONE;

  private Codecs() {}

  static ChannelHandler server(
      Limits limits,
      Function<QuicChannel, QuicSslEngine> engines,
      QuicTokenHandler tokens,
      ConnectionIds ids,
      ChannelHandler connections,
      ChannelHandler streams) {
    return common(new QuicServerCodecBuilder(), limits)
        .initialMaxStreamsBidirectional(1) // The control stream.
        .sslEngineProvider(engines)
        .tokenHandler(tokens)
        .connectionIdAddressGenerator(ids)
        .handler(connections)
        .streamHandler(streams)
        .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, SEGMENTS)
        .build();
  }

  static ChannelHandler client(Limits limits, Function<QuicChannel, QuicSslEngine> engines) {
    return common(new QuicClientCodecBuilder(), limits)
        .initialMaxStreamsBidirectional(0)
        .sslEngineProvider(engines)
        .build();
  }

  private static <B extends QuicCodecBuilder<B>> B common(B builder, Limits limits) {
    long controlWindow = limits.controlFrameBytes() + (long) Integer.BYTES;
    long chunkWindow = limits.chunkFrameBytes() + (long) Integer.BYTES;
    return builder
        .version(QuicSettings.VERSION)
        .localConnectionIdLength(QuicSettings.CONNECTION_ID_BYTES)
        .activeConnectionIdLimit(QuicSettings.ACTIVE_CONNECTION_IDS)
        .congestionControlAlgorithm(QuicCongestionControlAlgorithm.CUBIC)
        .maxIdleTimeout(limits.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .maxSendUdpPayloadSize(QuicSettings.DATAGRAM_BYTES)
        .discoverPmtu(true)
        .maxRecvUdpPayloadSize(QuicSettings.RECEIVE_BYTES)
        .initialMaxData(
            Math.max(QuicSettings.CONNECTION_WINDOW_BYTES, 2 * (controlWindow + chunkWindow)))
        .initialMaxStreamDataBidirectionalLocal(controlWindow)
        .initialMaxStreamDataBidirectionalRemote(controlWindow)
        .initialMaxStreamDataUnidirectional(chunkWindow)
        .initialMaxStreamsUnidirectional(limits.chunksInFlight());
  }
}

package dev.livestream.transport.quic;

import dev.livestream.transport.quic.ConnectionIds.Role;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import org.jspecify.annotations.Nullable;

/**
 * Lets one UDP socket serve both roles: the first handler of the pipeline <em>demux, server codec,
 * client codec</em>.
 *
 * <p>Netty's codecs each take every datagram and pass on nothing, neither the datagram nor the end
 * of a batch. So this handler looks at the destination connection id and gives both to the codec
 * whose connection it is. What belongs to no connection and cannot open one is dropped here, before
 * any native code sees it; QUIC's invariants (RFC 8999) are all that is parsed.
 *
 * <p>Flushes that come while a batch of datagrams is being read wait for its end, so that what the
 * batch causes on many connections leaves in few system calls.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are heard where they matter.
final class Demux extends ChannelDuplexHandler {
  private static final int LONG_HEADER = 0x80;
  private static final int FIXED_BIT = 0x40;
  private static final int PACKET_TYPE = 0x30;
  private static final int ID_OFFSET_SHORT = 1;
  private static final int ID_LENGTH_OFFSET = 5;
  private static final int ID_OFFSET_LONG = 6;
  private static final int MAX_ID_BYTES = 20;

  private final ConnectionIds ids;
  private final Traffic traffic;
  private @Nullable ChannelHandlerContext serverCodec;
  private boolean serverRead;
  private boolean clientRead;
  private boolean reading;
  private boolean flushWanted;

  Demux(ConnectionIds ids, Traffic traffic) {
    this.ids = ids;
    this.traffic = traffic;
  }

  /** Tells where the server codec stands; what it would pass on goes to the client codec. */
  void serverCodec(ChannelHandlerContext context) {
    serverCodec = context;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    reading = true;
    traffic.received(packet.content());
    Role role = route(packet.content());
    ChannelHandlerContext server = serverCodec;
    if (role == Role.SERVER) {
      serverRead = true;
      ctx.fireChannelRead(packet);
    } else if (role == Role.CLIENT && server != null) {
      clientRead = true;
      server.fireChannelRead(packet);
    } else {
      traffic.dropped();
      packet.release();
    }
  }

  private @Nullable Role route(ByteBuf datagram) {
    int start = datagram.readerIndex();
    int readable = datagram.readableBytes();
    if (readable < ID_OFFSET_SHORT + QuicSettings.CONNECTION_ID_BYTES) {
      return null;
    }
    int first = datagram.getUnsignedByte(start);
    if ((first & LONG_HEADER) == 0) {
      // Without the fixed bit it is not QUIC version 1.
      return (first & FIXED_BIT) == 0 ? null : ids.roleOf(datagram.getLong(start + 1));
    }
    return routeLong(datagram, start, readable, first);
  }

  private @Nullable Role routeLong(ByteBuf datagram, int start, int readable, int first) {
    if (readable < ID_OFFSET_LONG) {
      return null;
    }
    int version = datagram.getInt(start + 1);
    int idLength = datagram.getUnsignedByte(start + ID_LENGTH_OFFSET);
    if (idLength > MAX_ID_BYTES || readable < ID_OFFSET_LONG + idLength) {
      return null;
    }
    if (idLength == QuicSettings.CONNECTION_ID_BYTES) {
      Role owner = ids.roleOf(datagram.getLong(start + ID_OFFSET_LONG));
      if (owner != null) {
        return owner;
      }
    }
    boolean mayOpen =
        (first & FIXED_BIT) != 0
            && readable >= QuicSettings.MIN_INITIAL_BYTES
            && (version != QuicSettings.VERSION || (first & PACKET_TYPE) == 0)
            && version != 0;
    return mayOpen ? Role.SERVER : null;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ChannelHandlerContext server = serverCodec;
    if (serverRead) {
      serverRead = false;
      ctx.fireChannelReadComplete();
    }
    if (clientRead && server != null) {
      clientRead = false;
      server.fireChannelReadComplete();
    }
    reading = false;
    if (flushWanted) {
      flushWanted = false;
      ctx.flush();
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof DatagramPacket packet) {
      if (!packet.content().isReadable()) {
        // Netty ends a connection with an empty datagram, only to learn when the ones before have
        // left. It need not travel for that.
        packet.release();
        ctx.flush();
        promise.trySuccess();
        return;
      }
      traffic.sent(packet);
    }
    ctx.write(message, promise);
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    if (reading && ctx.channel().isWritable()) {
      flushWanted = true;
    } else {
      ctx.flush();
    }
  }
}

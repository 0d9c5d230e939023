package dev.livestream.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * What the server codec asks before it spends anything on a newcomer: brings together the {@link
 * HandshakeGate}, which decides, and the {@link AddressTokens}, which prove.
 */
final class AddressCheck implements QuicTokenHandler {
  private final HandshakeGate gate;
  private final AddressTokens tokens;
  private final ConnectionIds ids;
  private final BooleanSupplier full;

  AddressCheck(HandshakeGate gate, AddressTokens tokens, ConnectionIds ids, BooleanSupplier full) {
    this.gate = gate;
    this.tokens = tokens;
    this.ids = ids;
    this.full = full;
  }

  @Override
  public boolean writeToken(ByteBuf out, ByteBuf destination, InetSocketAddress address) {
    if (!gate.demandsProof(address.getAddress(), full.getAsBoolean())) {
      return false;
    }
    out.writeBytes(tokens.make(ByteBufUtil.getBytes(destination), address));
    return true;
  }

  @Override
  public TokenValidationResult validateToken(
      ByteBuf token, InetSocketAddress address, ByteBuf destination) {
    if (token.readableBytes() > maxTokenLength() || !gate.admits(address.getAddress())) {
      return TokenValidationResult.invalidToken();
    }
    byte[] first = tokens.check(ByteBufUtil.getBytes(token), address);
    if (first == null
        || first.length == 0
        || destination.readableBytes() != QuicSettings.CONNECTION_ID_BYTES) {
      return TokenValidationResult.invalidToken();
    }
    // The Retry named the id to come back with; any other is made up.
    long id = ConnectionIds.derived(ByteBuffer.wrap(first));
    if (id != destination.getLong(destination.readerIndex())) {
      return TokenValidationResult.invalidToken();
    }
    ids.announce(id);
    return TokenValidationResult.odcidFromToken(AddressTokens.HEADER_BYTES);
  }

  @Override
  public int validateToken(ByteBuf token, InetSocketAddress address) {
    return -1; // Never called: the codec uses the method above.
  }

  @Override
  public int maxTokenLength() {
    return AddressTokens.HEADER_BYTES + Quic.MAX_CONN_ID_LEN;
  }
}

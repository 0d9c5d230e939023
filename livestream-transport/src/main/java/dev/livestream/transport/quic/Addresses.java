package dev.livestream.transport.quic;

import dev.livestream.spi.PeerAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Between the SPI's addresses and the JDK's. */
final class Addresses {
  private Addresses() {}

  static PeerAddress of(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    return new PeerAddress(
        ip == null ? address.getHostString() : ip.getHostAddress(), address.getPort());
  }
}

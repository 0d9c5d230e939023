package dev.livestream.transport.quic;

import dev.livestream.spi.PeerAddress;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Between the SPI's addresses and the JDK's. */
final class Addresses {
  private Addresses() {}

  static PeerAddress of(InetSocketAddress address) {
    return new PeerAddress(literal(address.getAddress()), address.getPort());
  }

  /** In the shortest form of RFC 5952, but with the zone where an address means nothing without. */
  private static String literal(InetAddress ip) {
    return ip.isLinkLocalAddress() ? ip.getHostAddress() : NetUtil.toAddressString(ip);
  }
}

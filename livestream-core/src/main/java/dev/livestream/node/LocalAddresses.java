package dev.livestream.node;

import dev.livestream.spi.PeerAddress;
import dev.livestream.wire.WireLimits;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where others can reach this endpoint.
 *
 * <p>What the program says wins; then the address that the socket is bound to. A socket bound to
 * all addresses does not know: there peers say from where they see its datagrams come. One claim is
 * enough, because a wrong one costs no more than a few vain attempts to connect; the latest few are
 * kept, so that a liar cannot push the truth out for long. Links may hold the addresses of the
 * network interfaces too; records that travel through the swarm do not, for they would tell
 * everyone what the machine's other networks are.
 */
final class LocalAddresses {
  private static final int KEPT_CLAIMS = 3;
  private static final int LINK_ADDRESSES = 6;

  private final List<PeerAddress> advertised;
  private final PeerAddress bound;
  private final List<PeerAddress> claims = new ArrayList<>();

  LocalAddresses(List<PeerAddress> advertised, PeerAddress bound) {
    this.advertised = List.copyOf(advertised);
    this.bound = bound;
  }

  /** Takes in where a peer sees this endpoint; says whether that changes {@link #forRecord}. */
  synchronized boolean claim(PeerAddress address) {
    if (!advertised.isEmpty() || !isWildcard(bound) || address.port() == 0) {
      return false;
    }
    List<PeerAddress> before = forRecord();
    if (claims.remove(address)) {
      claims.add(address);
      return false;
    }
    if (claims.size() == KEPT_CLAIMS) {
      claims.remove(0);
    }
    claims.add(address);
    return !before.equals(forRecord());
  }

  /** For this peer's own record. Empty while nothing is known. */
  synchronized List<PeerAddress> forRecord() {
    if (!advertised.isEmpty()) {
      return advertised;
    }
    if (!isWildcard(bound)) {
      return List.of(bound);
    }
    boolean known = claims.stream().anyMatch(address -> !isLoopback(address));
    return claims.stream()
        // Of use to nobody else, unless everyone is on this machine.
        .filter(address -> !known || !isLoopback(address))
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .limit(WireLimits.ADDRESSES)
        .toList();
  }

  /** For links that the program hands out. Never empty. */
  synchronized List<PeerAddress> forLink() {
    if (!advertised.isEmpty() || !isWildcard(bound)) {
      return forRecord();
    }
    Set<PeerAddress> all = new LinkedHashSet<>(forRecord());
    for (String host : interfaceAddresses()) {
      all.add(new PeerAddress(host, bound.port()));
    }
    all.add(new PeerAddress("127.0.0.1", bound.port()));
    List<PeerAddress> loopbackLast = new ArrayList<>(all);
    loopbackLast.sort((a, b) -> Boolean.compare(isLoopback(a), isLoopback(b)));
    return List.copyOf(loopbackLast.subList(0, Math.min(LINK_ADDRESSES, loopbackLast.size())));
  }

  private static List<String> interfaceAddresses() {
    List<String> hosts = new ArrayList<>();
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (each.isLoopback() || !each.isUp()) {
          continue;
        }
        for (InetAddress address : Collections.list(each.getInetAddresses())) {
          if (!address.isLinkLocalAddress() && !(address instanceof Inet6Address)) {
            hosts.add(address.getHostAddress());
          }
        }
      }
    } catch (SocketException e) {
      // Then the link holds what is known without the interfaces.
      return hosts;
    }
    return hosts;
  }

  private static boolean isWildcard(PeerAddress address) {
    return address.host().equals("0.0.0.0")
        || address.host().equals("::")
        || address.host().equals("0:0:0:0:0:0:0:0");
  }

  private static boolean isLoopback(PeerAddress address) {
    return address.host().startsWith("127.")
        || address.host().equals("::1")
        || address.host().equals("0:0:0:0:0:0:0:1")
        || address.host().equals("localhost");
  }
}

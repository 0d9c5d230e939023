package dev.livestream.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** Unfinished handshakes are few on trust, more with proof, and never without bound. */
final class HandshakeGateTest {
  private final HandshakeGate gate = new HandshakeGate(512);

  private static InetAddress source(int number) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, (byte) (number >> 8), (byte) number});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static InetAddress literal(String address) {
    return NetUtil.createInetAddressFromIpAddressString(address);
  }

  @Test
  void theFirstNeedNoProof() {
    assertThat(gate.demandsProof(source(1), false)).isFalse();
  }

  @Test
  void proofIsDemandedWhenThereIsNoRoomAnyway() {
    assertThat(gate.demandsProof(source(1), true)).isTrue();
  }

  @Test
  void proofIsDemandedFromAnAddressThatHasSeveralUnderWay() {
    for (int i = 0; i < HandshakeGate.ON_TRUST_PER_SOURCE; i++) {
      assertThat(gate.demandsProof(source(1), false)).isFalse();
      gate.begin(source(1));
    }

    assertThat(gate.demandsProof(source(1), false)).isTrue();
    assertThat(gate.demandsProof(source(2), false)).isFalse();
  }

  @Test
  void proofIsDemandedFromAllWhenManyAreUnderWay() {
    for (int i = 0; i < HandshakeGate.ON_TRUST; i++) {
      gate.begin(source(i));
    }

    assertThat(gate.demandsProof(source(10_000), false)).isTrue();
    assertThat(gate.admits(source(10_000))).isTrue();
  }

  @Test
  void anAddressHasOnlySoManyUnderWayEvenWithProof() {
    for (int i = 0; i < HandshakeGate.PER_SOURCE; i++) {
      assertThat(gate.admits(source(1))).isTrue();
      gate.begin(source(1));
    }

    assertThat(gate.admits(source(1))).isFalse();
    assertThat(gate.admits(source(2))).isTrue();
  }

  @Test
  void allTogetherHaveOnlySoManyUnderWay() {
    for (int i = 0; i < HandshakeGate.IN_ALL; i++) {
      gate.begin(source(i));
    }

    assertThat(gate.admits(source(10_000))).isFalse();
  }

  @Test
  void aSmallEndpointHasFewUnderWay() {
    HandshakeGate small = new HandshakeGate(2);
    small.begin(source(1));
    small.begin(source(2));

    assertThat(small.demandsProof(source(3), false)).isTrue();
    assertThat(small.admits(source(3))).isFalse();
  }

  @Test
  void whatIsOverCountsNoMoreHoweverOftenItEnds() {
    Runnable one = gate.begin(source(1));
    Runnable other = gate.begin(source(1));

    one.run();
    one.run();

    assertThat(gate.pending()).isEqualTo(1);
    other.run();
    assertThat(gate.pending()).isZero();
    assertThat(gate.demandsProof(source(1), false)).isFalse();
  }

  @Test
  void anIpv6NetworkCountsAsOneAddress() {
    for (int i = 0; i < HandshakeGate.ON_TRUST_PER_SOURCE; i++) {
      gate.begin(literal("2001:db8:0:1::" + i));
    }

    assertThat(gate.demandsProof(literal("2001:db8:0:1:ffff::1"), false)).isTrue();
    assertThat(gate.demandsProof(literal("2001:db8:0:2::1"), false)).isFalse();
  }
}

package dev.livestream.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.PeerIdentity;
import dev.livestream.spi.PeerAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The small parts of an endpoint. */
class NodePartsTest {
  private static final PeerAddress WILDCARD = new PeerAddress("0.0.0.0", 4_700);
  private static final PeerAddress PUBLIC = new PeerAddress("192.0.2.1", 4_700);
  private static final PeerAddress LOOPBACK = new PeerAddress("127.0.0.1", 4_700);

  @Test
  void aBucketAllowsItsBurstAndThenItsRate() {
    TokenBucket bucket = new TokenBucket(10, 5, 0);
    assertThat(bucket.take(5, 0)).isTrue();
    assertThat(bucket.take(1, 0)).isFalse();
    assertThat(bucket.take(1, 99_999)).isFalse();
    assertThat(bucket.take(1, 100_000)).isTrue();
    assertThat(bucket.take(6, 1_000_000_000_000L)).isFalse();
    assertThat(bucket.take(5, 1_000_000_000_000L)).isTrue();
  }

  @Test
  void whatIsAdvertisedWins() {
    LocalAddresses addresses = new LocalAddresses(List.of(PUBLIC), WILDCARD);
    assertThat(addresses.claim(LOOPBACK)).isFalse();
    assertThat(addresses.forRecord()).containsExactly(PUBLIC);
    assertThat(addresses.forLink()).containsExactly(PUBLIC);
  }

  @Test
  void aSocketBoundToOneAddressKnowsIt() {
    LocalAddresses addresses = new LocalAddresses(List.of(), LOOPBACK);
    assertThat(addresses.claim(PUBLIC)).isFalse();
    assertThat(addresses.forRecord()).containsExactly(LOOPBACK);
  }

  @Test
  void aSocketBoundToAllAddressesBelievesItsPeers() {
    LocalAddresses addresses = new LocalAddresses(List.of(), WILDCARD);
    assertThat(addresses.forRecord()).isEmpty();
    assertThat(addresses.claim(LOOPBACK)).isTrue();
    assertThat(addresses.claim(LOOPBACK)).isFalse();
    assertThat(addresses.forRecord()).containsExactly(LOOPBACK);
    assertThat(addresses.claim(PUBLIC)).isTrue();
    assertThat(addresses.forRecord()).containsExactly(PUBLIC);
    assertThat(addresses.forLink()).startsWith(PUBLIC).endsWith(LOOPBACK);
  }

  @Test
  void claimsAreFewHoweverManyAreMade() {
    LocalAddresses addresses = new LocalAddresses(List.of(), WILDCARD);
    for (int i = 1; i < 100; i++) {
      addresses.claim(new PeerAddress("192.0.2." + i, 1));
    }
    assertThat(addresses.forRecord()).hasSize(3);
    assertThat(addresses.forLink()).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void shunnedPeersAreForgottenInTimeAndWhenThereAreTooMany() {
    Shunned shunned = new Shunned();
    PeerIdentity first = PeerIdentity.fromSeed(new byte[32]);
    shunned.add(first.id(), 0);
    assertThat(shunned.contains(first.id(), 599_999_999)).isTrue();
    assertThat(shunned.contains(first.id(), 600_000_000)).isFalse();
    shunned.add(first.id(), 0);
    for (int i = 1; i <= 1_024; i++) {
      byte[] seed = new byte[32];
      seed[0] = (byte) i;
      seed[1] = (byte) (i >> 8);
      seed[2] = 1;
      shunned.add(PeerIdentity.fromSeed(seed).id(), 0);
    }
    assertThat(shunned.contains(first.id(), 1)).isFalse();
  }
}

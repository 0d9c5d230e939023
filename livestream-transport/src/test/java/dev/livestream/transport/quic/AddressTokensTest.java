package dev.livestream.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A token is good for one address, one attempt and a short time, and only from who made it. */
final class AddressTokensTest {
  private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  private static final InetSocketAddress ADDRESS = Peers.socket("192.0.2.7", 4000);

  private final AtomicLong now = new AtomicLong(1_000_000_000);
  private final AddressTokens tokens = new AddressTokens(now::get);

  private void pass(Duration duration) {
    now.addAndGet(Durations.micros(duration));
  }

  @Test
  void aTokenGivesBackTheIdItWasMadeFor() {
    assertThat(tokens.check(tokens.make(ID, ADDRESS), ADDRESS)).isEqualTo(ID);
  }

  @Test
  void aTokenIsGoodForItsAddressAlone() {
    byte[] token = tokens.make(ID, ADDRESS);

    assertThat(tokens.check(token, Peers.socket("192.0.2.8", 4000))).isNull();
    assertThat(tokens.check(token, Peers.socket("192.0.2.7", 4001))).isNull();
    assertThat(tokens.check(token, Peers.socket("2001:db8::7", 4000))).isNull();
  }

  @Test
  void aTokenExpires() {
    byte[] token = tokens.make(ID, ADDRESS);

    pass(AddressTokens.LIFETIME);
    assertThat(tokens.check(token, ADDRESS)).isEqualTo(ID);
    pass(Duration.ofMillis(1));
    assertThat(tokens.check(token, ADDRESS)).isNull();
  }

  @Test
  void noChangedTokenIsGood() {
    byte[] token = tokens.make(ID, ADDRESS);

    for (int i = 0; i < token.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = token.clone();
        changed[i] ^= (byte) (1 << bit);
        assertThat(tokens.check(changed, ADDRESS)).as("byte %d, bit %d", i, bit).isNull();
      }
    }
    for (int length = 0; length < token.length; length++) {
      assertThat(tokens.check(Arrays.copyOf(token, length), ADDRESS)).isNull();
    }
    assertThat(tokens.check(Arrays.copyOf(token, token.length + 1), ADDRESS)).isNull();
  }

  @Test
  void aTokenOfAnotherEndpointIsNotGood() {
    byte[] foreign = new AddressTokens(now::get).make(ID, ADDRESS);

    assertThat(tokens.check(foreign, ADDRESS)).isNull();
  }

  @Test
  void aTokenOutlivesTheReplacementOfItsKey() {
    tokens.make(ID, ADDRESS);
    pass(AddressTokens.KEY_LIFETIME);
    byte[] last = tokens.make(ID, ADDRESS);
    pass(Duration.ofSeconds(1));
    byte[] first = tokens.make(ID, ADDRESS);

    assertThat(last[0]).isNotEqualTo(first[0]);
    assertThat(tokens.check(last, ADDRESS)).isEqualTo(ID);
    assertThat(tokens.check(first, ADDRESS)).isEqualTo(ID);
  }

  @Test
  void aKeyIsForgottenAfterTheSecondReplacement() {
    byte[] old = tokens.make(ID, ADDRESS);
    for (int i = 0; i < 2; i++) {
      pass(AddressTokens.KEY_LIFETIME.plusSeconds(1));
      tokens.make(ID, ADDRESS);
    }
    now.set(1_000_000_000);

    assertThat(tokens.check(old, ADDRESS)).isNull();
  }
}

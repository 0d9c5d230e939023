package dev.livestream.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelIdTest {
  private static final ChannelId ID = Samples.CHANNEL.id();

  @Test
  void printsAs52LowerCaseCharactersAndParsesBack() {
    assertThat(ID.toString()).hasSize(52).matches("[a-z2-7]+");
    assertThat(ChannelId.parse(ID.toString())).isEqualTo(ID).hasSameHashCodeAs(ID);
    assertThat(ChannelId.of(ID.bytes())).isEqualTo(ID);
  }

  @Test
  void isNotChangedThroughTheBytesItTakesOrGives() {
    byte[] bytes = ID.bytes();
    ChannelId copy = ChannelId.of(bytes);
    bytes[0] ^= 1;
    copy.bytes()[0] ^= 1;
    assertThat(copy).isEqualTo(ID);
  }

  @Test
  void isOrderedByItsBytesUnsigned() {
    ChannelId other = Samples.OTHER_CHANNEL.id();
    assertThat(Integer.signum(ID.compareTo(other)))
        .isEqualTo(Integer.signum(ID.toString().compareTo(other.toString())))
        .isEqualTo(-Integer.signum(other.compareTo(ID)));
    assertThat(ID.compareTo(ChannelId.of(ID.bytes()))).isZero();
  }

  @Test
  void matchesItsOwnBytesOnly() {
    assertThat(ID.matches(ID.bytes())).isTrue();
    assertThat(ID.matches(Samples.OTHER_CHANNEL.id().bytes())).isFalse();
    assertThat(ID.matches(new byte[0])).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dev.livestream.crypto.TestVectors#refusedPublicKeys")
  void refusesKeysOfSmallOrMixedOrderAndSecondEncodings(String hex) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChannelId.of(HexFormat.of().parseHex(hex)))
        .withMessageContaining("not a valid Ed25519 public key");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 33, 64})
  void refusesOtherLengths(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChannelId.of(new byte[length]))
        .withMessageContaining("32 bytes, not " + length);
  }

  @Test
  void refusesTextThatIsNotAnIdWithOneSentence() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChannelId.parse("abc"))
        .withMessage("A channel id has 52 characters, not 3.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChannelId.parse(ID.toString().toUpperCase(java.util.Locale.ROOT)))
        .withMessageContaining("lower-case base32");
  }

  @Test
  void keysThatAreMetInTurnsAreNotTakenForOneAnother() {
    List<byte[]> keys = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      byte[] seed = new byte[32];
      seed[0] = (byte) i;
      keys.add(PeerIdentity.fromSeed(seed).publicKey());
    }

    for (int round = 0; round < 3; round++) {
      for (byte[] key : keys) {
        assertThat(ChannelId.of(key).bytes()).isEqualTo(key);
      }
    }
  }
}

package dev.livestream.crypto;

import static dev.livestream.crypto.Samples.CHANNEL;
import static dev.livestream.crypto.Samples.NOW;
import static dev.livestream.crypto.Samples.OTHER_CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SessionCertificateTest {
  private static final SessionCertificate CERTIFICATE = Samples.session(3, 9, 77).certificate();

  @Test
  void decodesToWhatWasCertified() throws MalformedException {
    SessionCertificate decoded = SessionCertificate.decode(CERTIFICATE.encode());
    assertThat(decoded).isEqualTo(CERTIFICATE).hasSameHashCodeAs(CERTIFICATE);
    assertThat(decoded.channel()).isEqualTo(CHANNEL.id());
    assertThat(decoded.terms()).isEqualTo(Samples.terms(3, 9, 77));
    assertThat(decoded.sessionPublicKey()).isEqualTo(CERTIFICATE.sessionPublicKey());
    assertThat(decoded.signature()).isEqualTo(CERTIFICATE.signature());
    assertThat(decoded.isValidFor(CHANNEL.id())).isTrue();
  }

  @Test
  void isValidForItsOwnChannelOnly() {
    assertThat(CERTIFICATE.isValidFor(OTHER_CHANNEL.id())).isFalse();
  }

  @Test
  void isNotValidWhenRelabelledWithAnotherChannel() throws MalformedException {
    byte[] encoded = CERTIFICATE.encode();
    System.arraycopy(OTHER_CHANNEL.id().bytes(), 0, encoded, 1, 32);
    SessionCertificate relabelled = SessionCertificate.decode(encoded);
    assertThat(relabelled.isValidFor(OTHER_CHANNEL.id())).isFalse();
    assertThat(relabelled.isValidFor(CHANNEL.id())).isFalse();
  }

  @Test
  void everyFlippedBitMakesItMalformedOrInvalid() {
    byte[] encoded = CERTIFICATE.encode();
    for (int bit = 0; bit < encoded.length * 8; bit++) {
      byte[] flipped = encoded.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(isGenuine(flipped)).as("bit %d", bit).isFalse();
    }
    assertThat(isGenuine(encoded)).isTrue();
  }

  private static boolean isGenuine(byte[] encoded) {
    try {
      return SessionCertificate.decode(encoded).isValidFor(CHANNEL.id());
    } catch (MalformedException e) {
      return false;
    }
  }

  @Test
  void everyOtherLengthIsMalformed() {
    for (int length = 0; length < 2 * SessionCertificate.ENCODED_BYTES; length++) {
      if (length != SessionCertificate.ENCODED_BYTES) {
        byte[] other = Arrays.copyOf(CERTIFICATE.encode(), length);
        assertThatThrownBy(() -> SessionCertificate.decode(other))
            .isInstanceOf(MalformedException.class)
            .hasMessageContaining("165 bytes, not " + length);
      }
    }
  }

  @Test
  void numbersOutOfRangeAreMalformedWhateverTheyAre() {
    for (long number : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      for (int offset : new int[] {37, 45, 53, 61}) {
        byte[] encoded = CERTIFICATE.encode();
        ByteBuffer.wrap(encoded).putLong(offset, number);
        assertThatThrownBy(() -> SessionCertificate.decode(encoded))
            .isInstanceOf(MalformedException.class);
      }
    }
    byte[] negativeKeyId = CERTIFICATE.encode();
    negativeKeyId[33] = (byte) 0x80;
    assertThatThrownBy(() -> SessionCertificate.decode(negativeKeyId))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("keyId");
  }

  @Test
  void aSessionKeyThatWouldAcceptAnySignatureIsMalformed() {
    byte[] encoded = CERTIFICATE.encode();
    Arrays.fill(encoded, 69, 101, (byte) 0);
    encoded[69] = 1;
    assertThatThrownBy(() -> SessionCertificate.decode(encoded))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("session key");
  }

  @Test
  void termsAreCheckedAndCutToMilliseconds() {
    Instant end = NOW.plusSeconds(1);
    SessionTerms terms = new SessionTerms(0, 0, NOW.plusNanos(1_999_999), end, 0);
    assertThat(terms.notBefore()).isEqualTo(NOW.plusMillis(1));
    assertRefused("keyId", () -> new SessionTerms(-1, 0, NOW, end, 0));
    assertRefused("epoch", () -> new SessionTerms(0, -1, NOW, end, 0));
    assertRefused("minSequence", () -> new SessionTerms(0, 0, NOW, end, Long.MAX_VALUE));
    assertRefused("end after it starts", () -> new SessionTerms(0, 0, NOW, NOW, 0));
    assertRefused("notBefore", () -> new SessionTerms(0, 0, Instant.MIN, end, 0));
    assertRefused("notAfter", () -> new SessionTerms(0, 0, NOW, Instant.MAX, 0));
  }

  private static void assertRefused(String what, Runnable action) {
    assertThatIllegalArgumentException().isThrownBy(action::run).withMessageContaining(what);
  }
}

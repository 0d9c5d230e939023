package dev.livestream.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes, a decoder either refuses them with its one exception, or gives something
 * whose encoding is those bytes again.
 *
 * <p>In a normal build these run over the seeds below. {@code docs/test-vectors.md} says how to
 * search for more.
 */
class DecoderFuzzTest {
  @MethodSource("chunkProofSeeds")
  @FuzzTest(maxDuration = "2m")
  void chunkProof(byte[] bytes) {
    try {
      assertThat(ChunkProof.decode(bytes).encode()).isEqualTo(bytes);
    } catch (MalformedException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @MethodSource("sessionCertificateSeeds")
  @FuzzTest(maxDuration = "2m")
  void sessionCertificate(byte[] bytes) {
    try {
      SessionCertificate certificate = SessionCertificate.decode(bytes);
      assertThat(certificate.encode()).isEqualTo(bytes);
      certificate.isValidFor(certificate.channel());
    } catch (MalformedException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @MethodSource("channelIdSeeds")
  @FuzzTest(maxDuration = "2m")
  void channelId(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      assertThat(ChannelId.parse(text).toString()).isEqualTo(text);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @MethodSource("peerIdSeeds")
  @FuzzTest(maxDuration = "2m")
  void peerId(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      assertThat(PeerId.parse(text).toString()).isEqualTo(text);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @MethodSource("keyFileSeeds")
  @FuzzTest(maxDuration = "2m")
  void keyFile(byte[] bytes) {
    try {
      SigningKey key = KeyFile.parse(bytes, "fuzz.pem");
      byte[] written = KeyFile.format(key).getBytes(StandardCharsets.US_ASCII);
      assertThat(KeyFile.parse(written, "fuzz.pem").publicKey()).isEqualTo(key.publicKey());
    } catch (KeyFileException e) {
      assertThat(e.getMessage()).contains("fuzz.pem");
    }
  }

  static Stream<byte[]> chunkProofSeeds() {
    return Stream.concat(
        IntStream.of(1, 2, 5, 64)
            .mapToObj(count -> Samples.batch(new Random(count), 1, 0, count))
            .map(batch -> Samples.session(0, 1, 0).signBatch(batch).get(batch.size() / 2).encode()),
        TestVectors.malformedProofs().stream().map(TestVectors.MalformedProof::bytes));
  }

  static Stream<byte[]> sessionCertificateSeeds() {
    return Stream.of(Samples.session(1, 2, 3).certificate().encode(), new byte[165]);
  }

  static Stream<byte[]> channelIdSeeds() {
    return texts(Samples.CHANNEL.id().toString(), "a".repeat(52), "");
  }

  static Stream<byte[]> peerIdSeeds() {
    return texts(PeerIdentity.fromSeed(Samples.seed(3)).id().toString(), "7".repeat(52), "");
  }

  static Stream<byte[]> keyFileSeeds() {
    String pem = KeyFile.format(SigningKey.fromSeed(Samples.seed(3)));
    return texts(pem, pem.substring(0, 80), pem.replace("MC4", "MH8"), "");
  }

  private static Stream<byte[]> texts(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}

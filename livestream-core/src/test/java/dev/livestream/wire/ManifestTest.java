package dev.livestream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.livestream.wire.proto.ManifestBody;
import dev.livestream.wire.proto.SignedManifest;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final StreamParameters PARAMETERS = new StreamParameters(16, 4_096, 1_024, 0);

  private static Manifest manifest(int version, long end) {
    return Manifest.sign(WireSamples.session(), version, "t", "c", new byte[0], PARAMETERS, end);
  }

  @Test
  void itSaysWhatWasSigned() throws WireException {
    Manifest decoded = Manifest.fromProto(WireSamples.manifest().toProto());
    assertThat(decoded.channel()).isEqualTo(WireSamples.channel().id());
    assertThat(decoded.epoch()).isEqualTo(WireSamples.EPOCH);
    assertThat(decoded.keyId()).isEqualTo(3);
    assertThat(decoded.version()).isEqualTo(1);
    assertThat(decoded.title()).isEqualTo("Harbour cam");
    assertThat(decoded.contentType()).isEqualTo("video/mp2t");
    assertThat(decoded.header()).containsExactly(1, 2, 3);
    assertThat(decoded.parameters()).isEqualTo(new StreamParameters(16, 4_096, 1_024, 2_500_000));
    assertThat(decoded.ended()).isTrue();
    assertThat(decoded.endSequence()).isEqualTo(77);
    assertThat(decoded.certificate()).isEqualTo(WireSamples.session().certificate());
  }

  @Test
  void theHigherVersionWinsWithinARun() {
    assertThat(manifest(2, 0).supersedes(manifest(1, 0))).isTrue();
    assertThat(manifest(1, 0).supersedes(manifest(2, 0))).isFalse();
    assertThat(manifest(1, 0).supersedes(manifest(1, 0))).isFalse();
  }

  @Test
  void aStreamThatGoesOnHasNoEnd() {
    assertThat(manifest(1, 0).ended()).isFalse();
  }

  @Test
  void whatIsTooLongIsNotSigned() {
    assertThatThrownBy(
            () ->
                Manifest.sign(
                    WireSamples.session(), 1, "x".repeat(257), "", new byte[0], PARAMETERS, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("title");
    assertThatThrownBy(
            () ->
                Manifest.sign(
                    WireSamples.session(), 1, "", "", new byte[32 * 1024 + 1], PARAMETERS, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("header");
  }

  @Test
  void whatIsOutOfBoundsIsRefused() {
    refused(body -> body.setEpoch(WireSamples.EPOCH + 1), "certificate");
    refused(body -> body.setKeyId(4), "certificate");
    refused(body -> body.setVersion(-1), "certificate");
    refused(body -> body.setEndSequence(-1), "certificate");
    refused(body -> body.setTitle("x".repeat(257)), "oversized");
    refused(body -> body.setHeader(ByteString.copyFrom(new byte[32 * 1024 + 1])), "oversized");
    refused(body -> body.setSubstreams(65), "substreams");
    refused(body -> body.setMaxChunkBytes(70_000), "chunks");
    refused(body -> body.setWindowChunks(100), "window");
    refused(body -> body.setChannel(ByteString.copyFrom(new byte[31])), "channel");
  }

  private static void refused(UnaryOperator<ManifestBody.Builder> change, String why) {
    SignedManifest good = WireSamples.manifest().toProto();
    assertThatThrownBy(
            () ->
                Manifest.fromProto(
                    good.toBuilder()
                        .setBody(
                            change
                                .apply(ManifestBody.parseFrom(good.getBody()).toBuilder())
                                .build()
                                .toByteString())
                        .build()))
        .isInstanceOf(WireException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aSignatureOrCertificateOfWrongLengthIsRefused() {
    SignedManifest good = WireSamples.manifest().toProto();
    assertThatThrownBy(
            () ->
                Manifest.fromProto(
                    good.toBuilder().setSignature(ByteString.copyFrom(new byte[63])).build()))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("signature");
    assertThatThrownBy(
            () -> Manifest.fromProto(good.toBuilder().setCertificate(ByteString.EMPTY).build()))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("certificate");
  }
}

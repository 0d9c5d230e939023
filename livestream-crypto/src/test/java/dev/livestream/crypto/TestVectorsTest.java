package dev.livestream.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TestVectorsTest {
  private static final Instant WITHIN = Instant.parse("2026-01-01T12:00:00Z");

  private static String published() throws IOException {
    try (InputStream in = TestVectorsTest.class.getResourceAsStream("/test-vectors.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> values(String text, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\": \"?([^\",\n]*)").matcher(text);
    List<String> values = new ArrayList<>();
    while (matcher.find()) {
      values.add(matcher.group(1));
    }
    return values;
  }

  private static byte[] bytes(String text, String name) {
    return HexFormat.of().parseHex(values(text, name).get(0));
  }

  private static long number(String text, String name) {
    return Long.parseLong(values(text, name).get(0));
  }

  @Test
  void thePublishedFileIsWhatThisImplementationComputes() throws IOException {
    assertThat(TestVectors.json()).isEqualTo(published());
  }

  @Test
  void everyPublishedChunkVerifiesFromThePublishedBytesAlone()
      throws IOException, MalformedException {
    String text = published();
    ChunkVerifier verifier = new ChunkVerifier(ChannelId.parse(values(text, "id").get(0)), 16);
    SessionCertificate certificate = SessionCertificate.decode(bytes(text, "encoded"));
    assertThat(verifier.addCertificate(certificate, WITHIN)).isEqualTo(CertificateVerdict.ACCEPTED);
    String[] chunks = text.substring(0, text.indexOf("\"manifest\"")).split("\"sequence\": ", -1);
    assertThat(chunks).hasSize(1 + 1 + 2 + 3 + 5 + 8 + 4);
    for (int i = 1; i < chunks.length; i++) {
      String chunk = "\"sequence\": " + chunks[i];
      ChunkMeta meta =
          ChunkMeta.ofWire(
              7,
              number(chunk, "sequence"),
              number(chunk, "timestampMicros"),
              (int) number(chunk, "priority"),
              (int) number(chunk, "keyFrameDistance"),
              (int) number(chunk, "length"));
      ChunkProof proof = ChunkProof.decode(bytes(chunk, "proof"));
      ByteBuffer payload = ByteBuffer.wrap(bytes(chunk, "payload"));
      assertThat(verifier.verify(meta, payload, proof, WITHIN)).isEqualTo(Verdict.VERIFIED);
    }
    assertThat(verifier.rootsRemembered()).isEqualTo(6);
  }
}

package dev.livestream.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Generates the published test vectors, {@code src/test/resources/test-vectors.json}; see {@code
 * docs/test-vectors.md}. Everything follows from fixed seeds, so the file never changes unless the
 * protocol does.
 */
public final class TestVectors {
  private static final HexFormat HEX = HexFormat.of();
  private static final ChannelKey CHANNEL = ChannelKey.fromSeed(counting(0x00));
  private static final byte[] SESSION_SEED = counting(0x20);
  private static final PeerIdentity PEER = PeerIdentity.fromSeed(counting(0x40));
  private static final SessionTerms TERMS =
      new SessionTerms(
          300,
          7,
          Instant.parse("2026-01-01T00:00:00Z"),
          Instant.parse("2026-01-02T00:00:00.123Z"),
          1000);
  private static final SessionKey SESSION = CHANNEL.openSession(TERMS, SESSION_SEED);

  /** A proof that no decoder may accept. */
  record MalformedProof(String reason, String hex) {
    byte[] bytes() {
      return HEX.parseHex(hex);
    }
  }

  private TestVectors() {}

  /** Writes the file named by the only argument. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), json());
  }

  /** The points of order 1, 2, 4 and 8, in canonical and in other encodings. */
  static List<String> smallOrderPublicKeys() {
    return List.of(
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa");
  }

  /** Those, one with y above the field's prime, one that is no point, and two of mixed order. */
  static List<String> refusedPublicKeys() {
    List<String> keys = new ArrayList<>(smallOrderPublicKeys());
    keys.add("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    keys.add("0200000000000000000000000000000000000000000000000000000000000000");
    keys.add("cdbc161be64c4302f56443ff29ccf36a2075be1a1fa67ff126b56315f5681c38");
    keys.add("d07b3f636ea4e1caa0becf4c6af098abd8f4c89690c90e4935a2b564b30b779f");
    return keys;
  }

  static List<MalformedProof> malformedProofs() {
    String signature = "ab".repeat(64);
    String hash = "cd".repeat(32);
    return List.of(
        new MalformedProof("empty", ""),
        new MalformedProof("signature cut short", "000001" + "ab".repeat(63)),
        new MalformedProof("a byte too many", "000001" + signature + "00"),
        new MalformedProof("no chunks", "000000" + signature),
        new MalformedProof("index not below count", "000101" + signature),
        new MalformedProof("65 chunks", "000041" + hash.repeat(7) + signature),
        new MalformedProof("path missing", "000002" + signature),
        new MalformedProof("path too long", "000001" + hash + signature),
        new MalformedProof("path of a full tree", "000203" + hash.repeat(2) + signature),
        new MalformedProof("key id with a needless byte", "80000001" + signature),
        new MalformedProof("index with a needless byte", "00800001" + signature),
        new MalformedProof("count with a needless byte", "00008100" + signature),
        new MalformedProof("key id 2^31", "80808080080001" + signature),
        new MalformedProof("key id of 35 bits", "ffffffff7f0001" + signature),
        new MalformedProof("key id without end", "ffffffffff010001" + signature));
  }

  static String json() {
    Json json = new Json();
    json.text("about", "Test vectors of livestream-crypto, explained in docs/test-vectors.md");
    json.open("channel", '{');
    json.hex("seed", counting(0x00)).hex("publicKey", CHANNEL.id().bytes());
    json.text("id", CHANNEL.id().toString()).close('}');
    certificate(json);
    json.open("batches", '[');
    for (int count : new int[] {1, 2, 3, 5, 8, 64}) {
      batch(json, 1000L + count, count);
    }
    json.close(']');
    signed(json);
    peer(json);
    json.open("malformedProofs", '[');
    for (MalformedProof proof : malformedProofs()) {
      json.open("", '{').text("reason", proof.reason()).text("proof", proof.hex()).close('}');
    }
    json.close(']');
    json.open("refusedPublicKeys", '[');
    refusedPublicKeys().forEach(key -> json.text("", key));
    return json.close(']').finish();
  }

  private static void certificate(Json json) {
    SessionCertificate certificate = SESSION.certificate();
    byte[] encoded = certificate.encode();
    byte[] message = Arrays.copyOf(encoded, encoded.length - 64);
    json.open("certificate", '{').hex("sessionSeed", SESSION_SEED);
    json.hex("sessionPublicKey", certificate.sessionPublicKey());
    json.number("keyId", TERMS.keyId()).number("epoch", TERMS.epoch());
    json.number("notBeforeMillis", TERMS.notBefore().toEpochMilli());
    json.number("notAfterMillis", TERMS.notAfter().toEpochMilli());
    json.number("minSequence", TERMS.minSequence());
    json.hex("signingInput", SignatureDomain.CERTIFICATE.signingInput(message));
    json.hex("signature", certificate.signature()).hex("encoded", encoded).close('}');
  }

  private static void batch(Json json, long first, int count) {
    List<UnsignedChunk> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chunks.add(chunk(first + i, count > 8 ? i % 3 : i * 37));
    }
    List<ChunkProof> proofs = SESSION.signBatch(chunks);
    ChunkHasher hasher = new ChunkHasher(CHANNEL.id());
    byte[] root = leaf(hasher, chunks.get(0));
    MerkleTree.climb(hasher, proofs.get(0), root);
    byte[] statement =
        RootStatement.of(chunks.get(0).meta(), proofs.get(0), root).message(CHANNEL.id());
    json.open("", '{').number("firstSequence", first).number("leafCount", count);
    json.hex("root", root);
    json.hex("signingInput", SignatureDomain.BATCH_ROOT.signingInput(statement));
    json.hex("signature", proofs.get(0).signature()).open("chunks", '[');
    for (int i = 0; i < count; i++) {
      // Of the largest batch the corners are enough.
      if (count <= 8 || i == 0 || i == 31 || i == 32 || i == 63) {
        chunk(json, hasher, chunks.get(i), proofs.get(i));
      }
    }
    json.close(']').close('}');
  }

  private static void chunk(Json json, ChunkHasher hasher, UnsignedChunk chunk, ChunkProof proof) {
    ChunkMeta meta = chunk.meta();
    json.open("", '{').number("epoch", meta.epoch()).number("sequence", meta.sequence());
    json.number("timestampMicros", meta.timestampMicros());
    json.number("priority", meta.priority().code());
    json.number("keyFrameDistance", meta.keyFrameDistance()).number("length", meta.length());
    json.hex("payload", chunk.payload().array()).hex("leaf", leaf(hasher, chunk));
    json.number("leafIndex", proof.leafIndex()).hex("proof", proof.encode()).close('}');
  }

  private static void signed(Json json) {
    byte[] message = "a manifest".getBytes(StandardCharsets.US_ASCII);
    json.open("manifest", '{').hex("message", message);
    json.hex("signingInput", SignatureDomain.MANIFEST.signingInput(message));
    json.hex("signatureBySession", SESSION.sign(SignatureDomain.MANIFEST, message)).close('}');
  }

  private static void peer(Json json) {
    byte[] message = "a peer record".getBytes(StandardCharsets.US_ASCII);
    json.open("peer", '{').hex("seed", counting(0x40)).hex("publicKey", PEER.publicKey());
    json.hex("subjectPublicKeyInfo", PeerId.subjectPublicKeyInfo(PEER.publicKey()));
    json.hex("idBytes", PEER.id().bytes()).text("id", PEER.id().toString());
    json.hex("message", message);
    json.hex("signingInput", SignatureDomain.PEER_RECORD.signingInput(message));
    json.hex("signature", PEER.sign(SignatureDomain.PEER_RECORD, message)).close('}');
  }

  private static UnsignedChunk chunk(long sequence, int length) {
    byte[] payload = new byte[length];
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) (sequence + 7L * i);
    }
    List<ChunkPriority> priorities = List.of(ChunkPriority.values());
    ChunkMeta meta =
        new ChunkMeta(
            TERMS.epoch(),
            sequence,
            1_000_000 + 13_333 * sequence,
            priorities.get((int) (sequence % priorities.size())),
            (int) (sequence % 50),
            length);
    return new UnsignedChunk(meta, ByteBuffer.wrap(payload));
  }

  private static byte[] leaf(ChunkHasher hasher, UnsignedChunk chunk) {
    byte[] leaf = new byte[ChunkHasher.HASH_BYTES];
    hasher.leaf(chunk.meta(), chunk.payload(), leaf, 0);
    return leaf;
  }

  private static byte[] counting(int from) {
    byte[] seed = new byte[32];
    for (int i = 0; i < seed.length; i++) {
      seed[i] = (byte) (from + i);
    }
    return seed;
  }

  /** Just enough JSON: one member a line, names and texts that need no escapes. */
  private static final class Json {
    private final StringBuilder out = new StringBuilder("{");
    private int depth = 1;
    private boolean first = true;

    Json open(String name, char bracket) {
      member(name).append(bracket);
      depth++;
      first = true;
      return this;
    }

    Json close(char bracket) {
      depth--;
      newLine().append(bracket);
      first = false;
      return this;
    }

    Json text(String name, String text) {
      member(name).append('"').append(text).append('"');
      return this;
    }

    Json hex(String name, byte[] bytes) {
      return text(name, HEX.formatHex(bytes));
    }

    Json number(String name, long number) {
      member(name).append(number);
      return this;
    }

    String finish() {
      close('}');
      return out.append('\n').toString();
    }

    private StringBuilder member(String name) {
      if (!first) {
        out.append(',');
      }
      first = false;
      newLine();
      return name.isEmpty() ? out : out.append('"').append(name).append("\": ");
    }

    private StringBuilder newLine() {
      return out.append('\n').append("  ".repeat(depth));
    }
  }
}

package dev.livestream.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.ChunkMeta;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.crypto.ChunkProof;
import dev.livestream.crypto.SessionKey;
import dev.livestream.crypto.SessionTerms;
import dev.livestream.crypto.UnsignedChunk;
import dev.livestream.crypto.Verdict;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.ChunkCodec;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.StreamParameters;
import dev.livestream.wire.WireException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of all frames that differ in one bit from a genuine chunk's, none says anything else. */
class FlippedBitTest {
  private static final long EPOCH = 1_700_000_000_000L;
  private static final long NOW = EPOCH * 1_000;

  private final ChannelKey key = ChannelKey.fromSeed(new byte[32]);
  private final SessionKey session =
      key.openSession(
          new SessionTerms(
              3, EPOCH, Instant.ofEpochMilli(EPOCH), Instant.ofEpochMilli(EPOCH + 60_000), 0),
          new byte[32]);
  private final ChannelAuthenticator authenticator = new ChannelAuthenticator(key.id());

  private Chunk genuine() {
    List<UnsignedChunk> batch = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ChunkMeta meta = new ChunkMeta(EPOCH, 700 + i, NOW + i, ChunkPriority.AUDIO, 30 + i, 20);
      batch.add(new UnsignedChunk(meta, ByteBuffer.wrap(new byte[20])));
    }
    List<ChunkProof> proofs = session.signBatch(batch);
    return ChunkCodec.encode(batch.get(2).meta(), proofs.get(2), batch.get(2).payload());
  }

  @Test
  void noFlippedBitInAFramePasses() {
    StreamParameters parameters = new StreamParameters(4, 1_024, 64, 0);
    authenticator.accept(Manifest.sign(session, 1, "", "", new byte[0], parameters, 0), NOW);
    Chunk genuine = genuine();
    assertThat(authenticator.verify(genuine, NOW)).isEqualTo(Verdict.VERIFIED);
    byte[] frame = new byte[genuine.frameBytes()];
    genuine.frame().get(frame);

    int decoded = 0;
    for (int bit = 0; bit < frame.length * Byte.SIZE; bit++) {
      byte[] flipped = frame.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      try {
        Chunk chunk = ChunkCodec.decode(ByteBuffer.wrap(flipped));
        decoded++;
        assertThat(authenticator.verify(chunk, NOW))
            .as("bit %d", bit)
            .isNotEqualTo(Verdict.VERIFIED);
      } catch (WireException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(decoded).as("most reach the verifier").isGreaterThan(frame.length * 4);
  }
}

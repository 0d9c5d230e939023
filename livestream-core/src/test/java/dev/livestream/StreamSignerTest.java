package dev.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.ChunkMeta;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.crypto.UnsignedChunk;
import dev.livestream.crypto.Verdict;
import dev.livestream.node.ChannelAuthenticator;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamSignerTest {
  private static final long START = 1_700_000_000_000_000L;
  private static final long HALF_A_DAY = 43_200_000_000L;

  private final ChannelKey key = ChannelKey.fromSeed(new byte[32]);
  private final StreamSigner signer = new StreamSigner(Broadcaster.builder(key), START);
  private final ChannelAuthenticator viewer = new ChannelAuthenticator(key.id());

  private Chunk chunk(long sequence) {
    ChunkMeta meta = new ChunkMeta(signer.epoch(), sequence, START, ChunkPriority.ORDINARY, 0, 5);
    return signer.sign(List.of(new UnsignedChunk(meta, ByteBuffer.allocate(5)))).get(0);
  }

  @Test
  void whatItSignsIsBelieved() {
    assertThat(viewer.accept(signer.manifest(0), START)).isTrue();
    assertThat(viewer.verify(chunk(0), START)).isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void aNewSessionKeyTakesOverHalfWayThroughTheOldOnesLife() {
    assertThat(viewer.accept(signer.manifest(0), START)).isTrue();
    assertThat(signer.isRenewalDue(START + HALF_A_DAY - 1)).isFalse();
    long later = START + HALF_A_DAY;
    assertThat(signer.isRenewalDue(later)).isTrue();
    Chunk old = chunk(9);
    signer.renew(later, 10);
    Chunk fresh = chunk(10);
    assertThat(viewer.verify(fresh, later)).isEqualTo(Verdict.UNKNOWN_KEY);
    assertThat(viewer.accept(signer.manifest(0), later)).isTrue();
    assertThat(viewer.verify(fresh, later)).isEqualTo(Verdict.VERIFIED);
    assertThat(viewer.verify(old, later)).isEqualTo(Verdict.VERIFIED);
    assertThat(signer.isRenewalDue(later)).isFalse();
  }

  @Test
  void aNewRunHasALaterEpochAndAHeaderOfItsOwn() {
    Manifest first = signer.manifest(0);
    signer.restart(new byte[] {7}, START);
    Manifest second = signer.manifest(0);
    assertThat(second.epoch()).isGreaterThan(first.epoch());
    assertThat(second.header()).containsExactly(7);
    assertThat(second.supersedes(first)).isTrue();
    assertThat(viewer.accept(second, START)).isTrue();
    assertThat(viewer.verify(chunk(0), START)).isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void anotherChannelsManifestIsNotBelieved() {
    ChannelAuthenticator other = new ChannelAuthenticator(ChannelKey.generate().id());
    assertThat(other.accept(signer.manifest(0), START)).isFalse();
  }

  @Test
  void manifestsCountUp() {
    assertThat(signer.manifest(0).version()).isEqualTo(1);
    assertThat(signer.manifest(5).version()).isEqualTo(2);
  }
}

package dev.livestream.benchmarks.swarm.strategy;

import dev.livestream.crypto.ChannelId;
import dev.livestream.crypto.ChunkVerifier;
import dev.livestream.crypto.Verdict;
import dev.livestream.engine.Authenticator;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.PeerRecord;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Checks each distinct manifest, chunk and record once for the whole swarm, and remembers the
 * answer by content. Whether a peer may ask already, because it knows the certificate, stays each
 * peer's own.
 *
 * <p>Peers of several threads ask at once. Whoever asks first about something, everybody gets the
 * same answer, and it is reckoned once: so it does not matter who that is.
 */
final class SharedVerification {
  private static final int ROOTS = 4_096;
  private static final int REMEMBERED = 1 << 14;

  private final ChannelId channel;
  private final ChunkVerifier verifier;
  private final Map<Manifest, Boolean> manifests = new ConcurrentHashMap<>();
  private final Map<PeerRecord, Boolean> records = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<Chunk> genuine = new AtomicReferenceArray<>(REMEMBERED);
  private final LongAdder signatureChecks = new LongAdder();

  SharedVerification(ChannelId channel) {
    this.channel = channel;
    this.verifier = new ChunkVerifier(channel, ROOTS);
  }

  Authenticator forOnePeer() {
    return new OnePeer();
  }

  void count(long checks) {
    signatureChecks.add(checks);
  }

  long signatureChecks() {
    return signatureChecks.sum() + verifier.signatureChecks();
  }

  private boolean accept(Manifest manifest, long nowMicros) {
    return manifests.computeIfAbsent(
        manifest,
        m -> {
          synchronized (verifier) {
            return FullVerification.accept(channel, verifier, m, nowMicros);
          }
        });
  }

  private Verdict verify(Chunk chunk, long nowMicros) {
    int place = (int) (chunk.sequence() & (REMEMBERED - 1));
    if (isSame(genuine.get(place), chunk)) {
      return Verdict.VERIFIED;
    }
    synchronized (verifier) {
      if (isSame(genuine.get(place), chunk)) {
        return Verdict.VERIFIED;
      }
      Verdict verdict =
          verifier.verify(
              chunk.meta(), chunk.payload(), chunk.proof(), FullVerification.instant(nowMicros));
      if (verdict == Verdict.VERIFIED) {
        genuine.set(place, chunk);
      }
      return verdict;
    }
  }

  // Peers hand the same object on, so that bytes are compared only where somebody made new ones.
  private static boolean isSame(@Nullable Chunk known, Chunk chunk) {
    return known == chunk
        || (known != null && known.epoch() == chunk.epoch() && known.frame().equals(chunk.frame()));
  }

  private boolean isGenuine(PeerRecord record) {
    return records.computeIfAbsent(
        record,
        r -> {
          signatureChecks.increment();
          return r.isGenuine();
        });
  }

  private final class OnePeer implements Authenticator {
    private final Set<Long> epochs = new HashSet<>();
    private long latest = -1;

    @Override
    public boolean accept(Manifest manifest, long nowMicros) {
      boolean accepted = SharedVerification.this.accept(manifest, nowMicros);
      if (accepted) {
        epochs.add(manifest.epoch());
        latest = manifest.epoch();
      }
      return accepted;
    }

    @Override
    public Verdict verify(Chunk chunk, long nowMicros) {
      return chunk.epoch() == latest || epochs.contains(chunk.epoch())
          ? SharedVerification.this.verify(chunk, nowMicros)
          : Verdict.UNKNOWN_KEY;
    }

    @Override
    public boolean isGenuine(PeerRecord record) {
      return SharedVerification.this.isGenuine(record);
    }

    @Override
    public void forgetBefore(long epoch, long sequence) {
      // What is remembered is everybody's, and bounded.
    }
  }
}

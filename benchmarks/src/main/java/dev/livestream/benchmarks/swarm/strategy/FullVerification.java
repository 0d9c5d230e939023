package dev.livestream.benchmarks.swarm.strategy;

import dev.livestream.crypto.ChannelId;
import dev.livestream.crypto.ChunkVerifier;
import dev.livestream.crypto.SignatureDomain;
import dev.livestream.crypto.Verdict;
import dev.livestream.engine.Authenticator;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.PeerRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Checks everything anew, as the product does at every peer. */
final class FullVerification implements Authenticator {
  private static final int ROOTS = 1_024;

  private final ChannelId channel;
  private final ChunkVerifier verifier;
  private final SharedVerification counter;

  FullVerification(ChannelId channel, SharedVerification counter) {
    this.channel = channel;
    this.verifier = new ChunkVerifier(channel, ROOTS);
    this.counter = counter;
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  @Override
  public boolean accept(Manifest manifest, long nowMicros) {
    long before = verifier.signatureChecks();
    boolean accepted = accept(channel, verifier, manifest, nowMicros);
    counter.count(verifier.signatureChecks() - before);
    return accepted;
  }

  static boolean accept(
      ChannelId channel, ChunkVerifier verifier, Manifest manifest, long nowMicros) {
    return manifest.channel().equals(channel)
        && verifier.addCertificate(manifest.certificate(), instant(nowMicros)).isUsable()
        && verifier.verifySigned(
            SignatureDomain.MANIFEST,
            manifest.epoch(),
            manifest.keyId(),
            manifest.body(),
            manifest.signature());
  }

  @Override
  public Verdict verify(Chunk chunk, long nowMicros) {
    long before = verifier.signatureChecks();
    Verdict verdict =
        verifier.verify(chunk.meta(), chunk.payload(), chunk.proof(), instant(nowMicros));
    counter.count(verifier.signatureChecks() - before);
    return verdict;
  }

  @Override
  public boolean isGenuine(PeerRecord record) {
    counter.count(1);
    return record.isGenuine();
  }

  @Override
  public void forgetBefore(long epoch, long sequence) {
    verifier.forgetBefore(epoch, sequence);
  }
}

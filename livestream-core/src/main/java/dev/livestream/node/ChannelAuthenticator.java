package dev.livestream.node;

import dev.livestream.crypto.ChannelId;
import dev.livestream.crypto.ChunkVerifier;
import dev.livestream.crypto.ProvenSignatures;
import dev.livestream.crypto.SignatureDomain;
import dev.livestream.crypto.Verdict;
import dev.livestream.engine.Authenticator;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.PeerRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Believes what one channel's key has signed, by way of certificates that come in manifests. */
public final class ChannelAuthenticator implements Authenticator {
  /** The batches of the largest window, were each of one chunk. */
  private static final int REMEMBERED_ROOTS = 4_096;

  private final ChannelId channel;
  private final ChunkVerifier verifier;

  /** Knows no certificate yet. */
  public ChannelAuthenticator(ChannelId channel) {
    this(channel, ProvenSignatures.NONE);
  }

  /** Knows no certificate yet, and shares what it finds out about signatures. */
  ChannelAuthenticator(ChannelId channel, ProvenSignatures proven) {
    this.channel = channel;
    this.verifier = new ChunkVerifier(channel, REMEMBERED_ROOTS, proven);
  }

  @Override
  public boolean accept(Manifest manifest, long nowMicros) {
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
    return verifier.verify(chunk.meta(), hashable(chunk), chunk.proof(), instant(nowMicros));
  }

  /** The payload with its array in reach: a digest copies what comes in a read-only buffer. */
  private static ByteBuffer hashable(Chunk chunk) {
    ByteBuffer frame = chunk.frame();
    return frame.position(frame.limit() - chunk.payloadBytes());
  }

  @Override
  public boolean isGenuine(PeerRecord record) {
    return record.isGenuine();
  }

  @Override
  public void forgetBefore(long epoch, long sequence) {
    verifier.forgetBefore(epoch, sequence);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}

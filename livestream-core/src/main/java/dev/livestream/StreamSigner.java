package dev.livestream;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.ChunkProof;
import dev.livestream.crypto.SessionKey;
import dev.livestream.crypto.SessionTerms;
import dev.livestream.crypto.UnsignedChunk;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.ChunkCodec;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.StreamParameters;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Signs a run of a channel, and then the next: chunks and manifests.
 *
 * <p>Session keys live for a day, so that one that is stolen is of little use. Half way through,
 * the next one takes over; the manifest that certifies it has to be published before the first
 * chunk that it signs. Not thread-safe.
 */
final class StreamSigner {
  static final Duration SESSION = Duration.ofDays(1);

  private final ChannelKey key;
  private final StreamParameters parameters;
  private final String title;
  private final String contentType;
  private SessionKey session;
  private long renewAtMicros;
  private long epoch;
  private byte[] header;
  private int keyId;
  private int version;

  StreamSigner(BroadcasterBuilder choices, long nowMicros) {
    this.key = choices.key();
    this.epoch = nowMicros / 1_000;
    this.parameters = choices.parameters();
    this.title = choices.title();
    this.contentType = choices.contentType();
    this.header = choices.header();
    this.session = openSession(nowMicros, 0);
  }

  private SessionKey openSession(long nowMicros, long firstSequence) {
    renewAtMicros = nowMicros + SESSION.toMillis() * 1_000 / 2;
    Instant now = Instant.EPOCH.plus(nowMicros, ChronoUnit.MICROS);
    return key.openSession(new SessionTerms(keyId, epoch, now, now.plus(SESSION), firstSequence));
  }

  long epoch() {
    return epoch;
  }

  StreamParameters parameters() {
    return parameters;
  }

  /** Whether {@link #renew} is due. */
  boolean isRenewalDue(long nowMicros) {
    return nowMicros >= renewAtMicros;
  }

  /** Changes to a new session key from a sequence number on. */
  void renew(long nowMicros, long firstSequence) {
    keyId++;
    session = openSession(nowMicros, firstSequence);
  }

  /** Begins a new run, with a header of its own. */
  void restart(byte[] newHeader, long nowMicros) {
    epoch = Math.max(epoch + 1, nowMicros / 1_000);
    header = newHeader.clone();
    keyId = 0;
    version = 0;
    session = openSession(nowMicros, 0);
  }

  /** The next version of the manifest; with an end, the last. */
  Manifest manifest(long endSequence) {
    version++;
    return Manifest.sign(session, version, title, contentType, header, parameters, endSequence);
  }

  /** Signs chunks together and puts them into their frames. */
  List<Chunk> sign(List<UnsignedChunk> batch) {
    List<ChunkProof> proofs = session.signTogether(batch);
    List<Chunk> chunks = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      UnsignedChunk chunk = batch.get(i);
      chunks.add(ChunkCodec.encode(chunk.meta(), proofs.get(i), chunk.payload()));
    }
    return chunks;
  }
}

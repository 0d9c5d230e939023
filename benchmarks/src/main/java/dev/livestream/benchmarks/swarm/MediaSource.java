package dev.livestream.benchmarks.swarm;

import dev.livestream.benchmarks.swarm.scenario.Scenario;
import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.ChunkMeta;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.crypto.ChunkProof;
import dev.livestream.crypto.SessionKey;
import dev.livestream.crypto.SessionTerms;
import dev.livestream.crypto.UnsignedChunk;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.ChunkCodec;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.StreamParameters;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The broadcaster's program: writes frames of video, larger ones where a key frame is due, and some
 * sound, cut into chunks and signed. One for each epoch.
 *
 * <p>A frame is cut into chunks of equal size, none longer than allowed: the last piece of an
 * uneven cut would cost a packet and a proof as a whole one does. (The product's writer, which does
 * not know where a frame that is no key frame ends, fills each chunk and leaves the rest to the
 * last one.) With {@code flushEachFrame} off, what does not fill a chunk waits for the next frame
 * instead.
 */
final class MediaSource {
  /** As the product's writer does. */
  private static final int BATCH = 8;

  private static final int AUDIO_PER_SECOND = 10;

  private final Scenario.Stream stream;
  private final SessionKey session;
  private final Manifest manifest;
  private final long epoch;
  private final double frameBytes;
  private final long framesPerKeyFrame;
  private double owedVideo;
  private double owedAudio;
  private double audioDue;
  private long frames;
  private long sequence;
  private long keyFrameSequence;

  MediaSource(Scenario scenario, ChannelKey key, long seed, long nowMicros) {
    stream = scenario.stream();
    epoch = nowMicros / 1_000;
    Instant now = Instant.EPOCH.plus(nowMicros, ChronoUnit.MICROS);
    SessionTerms terms = new SessionTerms(0, epoch, now, now.plus(Duration.ofDays(2)), 0);
    byte[] sessionSeed = new byte[32];
    ByteBuffer.wrap(sessionSeed).putLong(seed).putLong(epoch);
    session = key.openSession(terms, sessionSeed);
    manifest =
        Manifest.sign(
            session,
            1,
            scenario.name(),
            "video/mp2t",
            new byte[0],
            new StreamParameters(
                stream.substreams(),
                stream.chunkBytes(),
                Integer.highestOneBit(stream.windowChunks()),
                Math.round(stream.bitrate())),
            0);
    framesPerKeyFrame =
        Math.max(1, Math.round(stream.framesPerSecond() * stream.keyFrameSeconds()));
    double videoPerKeyFrame =
        (stream.bitrate() - stream.audioBitrate())
            / 8
            * framesPerKeyFrame
            / stream.framesPerSecond();
    frameBytes = videoPerKeyFrame / (framesPerKeyFrame - 1 + stream.keyFrameWeight());
  }

  /** What viewers need before the first chunk. */
  Manifest manifest() {
    return manifest;
  }

  /** How long it is from one frame to the next. */
  static double microsPerFrame(Scenario scenario) {
    return 1e6 / scenario.stream().framesPerSecond();
  }

  /** Writes the next frame. */
  List<Chunk> nextFrame(long nowMicros) {
    boolean key = frames % framesPerKeyFrame == 0;
    frames++;
    List<UnsignedChunk> cut = new ArrayList<>();
    owedVideo += key ? frameBytes * stream.keyFrameWeight() : frameBytes;
    cutVideo(key, nowMicros, cut);
    audioDue += AUDIO_PER_SECOND / stream.framesPerSecond();
    owedAudio += stream.audioBitrate() / 8 / stream.framesPerSecond();
    if (audioDue >= 1 && owedAudio >= 1) {
      audioDue -= 1;
      int bytes = Math.min((int) owedAudio, stream.chunkBytes());
      owedAudio -= bytes;
      add(cut, ChunkPriority.AUDIO, bytes, nowMicros);
    }
    return sign(cut);
  }

  private void cutVideo(boolean key, long nowMicros, List<UnsignedChunk> cut) {
    int due = (int) owedVideo;
    int longest = key ? manifest.parameters().keyFrameChunkBytes(due) : stream.chunkBytes();
    int pieces = stream.flushEachFrame() || key ? (due + longest - 1) / longest : due / longest;
    if (pieces == 0) {
      return;
    }
    int whole = stream.flushEachFrame() || key ? due : pieces * stream.chunkBytes();
    owedVideo -= whole;
    if (key) {
      keyFrameSequence = sequence;
    }
    for (int i = 0; i < pieces; i++) {
      int bytes = (int) ((long) whole * (i + 1) / pieces - (long) whole * i / pieces);
      add(cut, key ? ChunkPriority.KEY_FRAME : ChunkPriority.ORDINARY, bytes, nowMicros);
    }
  }

  private void add(List<UnsignedChunk> cut, ChunkPriority priority, int bytes, long nowMicros) {
    ChunkMeta meta =
        new ChunkMeta(
            epoch,
            sequence,
            nowMicros,
            priority,
            (int) Math.min(sequence - keyFrameSequence, ChunkMeta.MAX_KEY_FRAME_DISTANCE),
            bytes);
    ByteBuffer payload = ByteBuffer.allocate(bytes);
    if (bytes >= Long.BYTES) {
      payload.putLong(0, sequence * 0x9E3779B97F4A7C15L + epoch);
    }
    cut.add(new UnsignedChunk(meta, payload));
    sequence++;
  }

  private List<Chunk> sign(List<UnsignedChunk> cut) {
    List<Chunk> chunks = new ArrayList<>(cut.size());
    for (int from = 0; from < cut.size(); from += BATCH) {
      List<UnsignedChunk> batch = cut.subList(from, Math.min(cut.size(), from + BATCH));
      List<ChunkProof> proofs = session.signTogether(batch);
      for (int i = 0; i < batch.size(); i++) {
        UnsignedChunk chunk = batch.get(i);
        chunks.add(ChunkCodec.encode(chunk.meta(), proofs.get(i), chunk.payload()));
      }
    }
    return chunks;
  }
}

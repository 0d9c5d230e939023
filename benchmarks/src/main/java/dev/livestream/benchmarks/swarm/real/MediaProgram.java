package dev.livestream.benchmarks.swarm.real;

import dev.livestream.Broadcaster;
import dev.livestream.benchmarks.swarm.scenario.Scenario;
import dev.livestream.crypto.ChunkPriority;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The broadcaster's program: writes frames of video, larger ones where a key frame is due, and some
 * sound, each at its moment and flushed.
 */
final class MediaProgram {
  private static final int AUDIO_PER_SECOND = 10;

  private final Scenario scenario;
  private final Scenario.Stream stream;
  private final Broadcaster broadcaster;
  private final WrittenMedia written;
  private final MessageDigest digest = Digests.sha256();
  private final long framesPerKeyFrame;
  private final double frameBytes;
  private double owedVideo;
  private double owedAudio;
  private double audioDue;

  MediaProgram(Scenario scenario, Broadcaster broadcaster, WrittenMedia written) {
    this.scenario = scenario;
    this.stream = scenario.stream();
    this.broadcaster = broadcaster;
    this.written = written;
    framesPerKeyFrame =
        Math.max(1, Math.round(stream.framesPerSecond() * stream.keyFrameSeconds()));
    double videoPerKeyFrame =
        (stream.bitrate() - stream.audioBitrate())
            / 8
            * framesPerKeyFrame
            / stream.framesPerSecond();
    frameBytes = videoPerKeyFrame / (framesPerKeyFrame - 1 + stream.keyFrameWeight());
  }

  /** Writes the whole stream in real time; says what all of it comes to. */
  byte[] write(long startNanos) throws IOException {
    long frames = Math.round(scenario.totalSeconds() * stream.framesPerSecond());
    double nanosPerFrame = TimeUnit.SECONDS.toNanos(1) / stream.framesPerSecond();
    for (long frame = 0; frame < frames; frame++) {
      sleepUntil(startNanos + (long) (frame * nanosPerFrame));
      boolean key = frame % framesPerKeyFrame == 0;
      owedVideo += key ? frameBytes * stream.keyFrameWeight() : frameBytes;
      int video = (int) owedVideo;
      owedVideo -= video;
      if (key) {
        broadcaster.keyFrame();
      }
      write(video, ChunkPriority.ORDINARY, key);
      audioDue += AUDIO_PER_SECOND / stream.framesPerSecond();
      owedAudio += stream.audioBitrate() / 8 / stream.framesPerSecond();
      if (audioDue >= 1 && owedAudio >= 1) {
        audioDue -= 1;
        int audio = (int) owedAudio;
        owedAudio -= audio;
        write(audio, ChunkPriority.AUDIO, false);
      }
    }
    return digest.digest();
  }

  private void write(int length, ChunkPriority priority, boolean keyFrame) throws IOException {
    if (length == 0) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    WrittenMedia.fill(bytes, written.bytes());
    digest.update(bytes.flip());
    bytes.rewind();
    broadcaster.priority(priority);
    written.add(length, keyFrame, System.nanoTime());
    broadcaster.write(bytes);
    broadcaster.flush();
  }

  private static void sleepUntil(long nanos) throws IOException {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new IOException("interrupted");
      }
    }
  }
}

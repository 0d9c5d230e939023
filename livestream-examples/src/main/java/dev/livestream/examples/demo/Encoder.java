package dev.livestream.examples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running encoder: H.264 and AAC in fragments of one frame each, made at the speed of life. Ends
 * with {@link #close} at the latest.
 */
final class Encoder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Encoder.class);
  private static final String RATE = "1200k";
  private static final int FRAMES_PER_SECOND = 30;
  private static final int SIZE_LIMIT_WIDTH = 640;

  private final Process process;
  private final Thread errors;
  private volatile boolean stopping;
  private volatile String lastError = "it said nothing.";

  private Encoder(Process process) {
    this.process = process;
    this.errors = new Thread(this::logErrors, "encoder-errors");
    errors.setDaemon(true);
    errors.start();
  }

  /** Encodes a moving test picture with a clock, and a tone. */
  static Encoder ofTestPicture(EncoderProgram program) throws IOException {
    List<String> arguments = new ArrayList<>(quiet());
    String picture = "testsrc2=size=640x360:rate=" + FRAMES_PER_SECOND;
    arguments.addAll(List.of("-re", "-f", "lavfi", "-i", picture));
    arguments.addAll(List.of("-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"));
    arguments.addAll(
        List.of(
            "-vf", SegmentClock.filter(LocalTime.now(ZoneId.systemDefault())) + ",format=yuv420p"));
    return start(program, arguments);
  }

  /** Encodes a file, again and again. */
  static Encoder ofFile(EncoderProgram program, Path file) throws IOException {
    List<String> arguments = new ArrayList<>(quiet());
    arguments.addAll(List.of("-re", "-stream_loop", "-1", "-i", file.toString()));
    String scale = "scale='min(" + SIZE_LIMIT_WIDTH + ",iw)':-2";
    arguments.addAll(List.of("-vf", scale + ",fps=" + FRAMES_PER_SECOND + ",format=yuv420p"));
    arguments.addAll(List.of("-map", "0:v:0", "-map", "0:a:0?", "-ac", "2"));
    return start(program, arguments);
  }

  private static List<String> quiet() {
    return List.of("-hide_banner", "-nostdin", "-loglevel", "error");
  }

  private static Encoder start(EncoderProgram program, List<String> input) throws IOException {
    List<String> arguments = new ArrayList<>(input);
    arguments.addAll(List.of("-c:v", "libopenh264", "-profile:v", "constrained_baseline"));
    arguments.addAll(List.of("-b:v", RATE, "-g", Integer.toString(FRAMES_PER_SECOND)));
    arguments.addAll(List.of("-c:a", "aac", "-b:a", "96k", "-ar", "48000"));
    String fragments = "frag_every_frame+empty_moov+default_base_moof";
    arguments.addAll(List.of("-f", "mp4", "-movflags", fragments, "-flush_packets", "1"));
    arguments.add("pipe:1");
    return new Encoder(program.command(arguments).start());
  }

  private void logErrors() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // The loader remarks on every stand-in library; see EncoderProgram.
        if (!stopping && !line.contains("no version information available")) {
          LOG.warn("{}", line);
          lastError = line;
        }
      }
    } catch (IOException e) {
      LOG.debug("the encoder's messages ended", e);
    }
  }

  /** What it makes: a fragmented MP4. Ends when the encoder does. */
  InputStream output() {
    return process.getInputStream();
  }

  /** What it complained of last. */
  String lastError() {
    return lastError;
  }

  /** Whether its process is there. */
  boolean isRunning() {
    return process.isAlive();
  }

  /** Asks the encoder to end; its output ends when it has. */
  void stop() {
    stopping = true;
    process.toHandle().destroy();
  }

  /** Ends the encoder, and waits until it is gone. */
  @Override
  public void close() {
    stopping = true;
    process.destroy();
    try {
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      errors.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

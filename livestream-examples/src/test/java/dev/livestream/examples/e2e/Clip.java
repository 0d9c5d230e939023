package dev.livestream.examples.e2e;

import dev.livestream.examples.demo.EncoderProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A short video in MPEG-TS with a key frame every second, made once by the real encoder. */
final class Clip {
  static final int SECONDS = 8;

  private Clip() {}

  static Path file() throws Exception {
    Path file = Path.of("target", "clip-" + SECONDS + "s.ts");
    if (!Files.exists(file)) {
      Files.createDirectories(file.getParent());
      Path fresh = Files.createTempFile(file.getParent(), "clip", ".ts");
      encode(fresh);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private static void encode(Path target) throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            "-nostdin",
            "-y",
            "-loglevel",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=320x180:rate=25",
            "-f",
            "lavfi",
            "-i",
            "sine=frequency=440",
            "-t",
            Integer.toString(SECONDS),
            "-c:v",
            "libopenh264",
            "-b:v",
            "600k",
            "-g",
            "25",
            "-c:a",
            "aac",
            "-b:a",
            "64k",
            "-f",
            "mpegts",
            target.toString());
    Process process = EncoderProgram.find().command(arguments).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("the encoder ended with " + process.exitValue());
    }
  }

  /** Whether a decoder can start at a place: PAT, PMT and a video packet that says so. */
  static boolean isKeyFrame(byte[] clip, int at) {
    boolean tables = pid(clip, at) == 0 && pid(clip, at + 188) == 0x1000;
    int video = at + 2 * 188;
    boolean starts = (clip[video + 1] & 0x40) != 0 && (clip[video + 5] & 0x40) != 0;
    return tables && pid(clip, video) == 0x100 && starts;
  }

  private static int pid(byte[] clip, int at) {
    return ((clip[at + 1] & 0x1f) << 8) | (clip[at + 2] & 0xff);
  }
}

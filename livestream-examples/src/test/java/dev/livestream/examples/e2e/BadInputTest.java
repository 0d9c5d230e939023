package dev.livestream.examples.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.StreamLink;
import dev.livestream.crypto.ChannelKey;
import dev.livestream.spi.PeerAddress;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people get wrong: each time one clear line, and the right exit code. */
class BadInputTest {
  @TempDir private Path directory;

  private record Mistake(int exitCode, String sentence, List<Object> arguments) {
    Mistake(int exitCode, String sentence, Object... arguments) {
      this(exitCode, sentence, List.of(arguments));
    }
  }

  @Test
  void eachMistakeGetsOneClearLineAndItsExitCode() throws Exception {
    String gone = goneLink();
    Path openKey = directory.resolve("open.pem");
    ChannelKey.generate().save(openKey);
    Files.setPosixFilePermissions(openKey, PosixFilePermissions.fromString("rw-r--r--"));
    Path noKey = Files.writeString(directory.resolve("no.pem"), "no key");
    Path bytes = Files.write(directory.resolve("bytes.bin"), new byte[1000]);
    try (DatagramSocket udp =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ServerSocket tcp = new ServerSocket(0)) {
      String takenUdp = "127.0.0.1:" + udp.getLocalPort();
      String takenTcp = "127.0.0.1:" + tcp.getLocalPort();
      check(
          new Mistake(2, "livestream: ", "juggle"),
          new Mistake(2, "--nonsense", "watch", "--nonsense", gone),
          new Mistake(2, "LINK", "watch"),
          new Mistake(2, "not a stream's link", "watch", "http://example.org/"),
          new Mistake(2, "link", "watch", gone.substring(0, gone.length() - 5)),
          new Mistake(2, "'fast' is not a bit rate", "broadcast", "--bitrate", "fast"),
          new Mistake(2, "at least 100k", "watch", gone, "--upload-limit", "5k"),
          new Mistake(2, "'5' is not a duration", "watch", gone, "--latency", "5"),
          new Mistake(2, "is not HOST:PORT", "relay", gone, "--listen", "nowhere"),
          new Mistake(2, "--bitrate", "broadcast", "--input", bytes),
          new Mistake(2, "--loop", "broadcast", "--loop"),
          new Mistake(2, "--viewers", "demo", "--viewers", "0"),
          new Mistake(1, "no such file", "broadcast", "--input", directory.resolve("none.ts")),
          new Mistake(1, "folder", "broadcast", "--input", directory),
          new Mistake(1, "no.pem", "broadcast", "--key", noKey, "--input", Clip.file()),
          new Mistake(1, "open.pem", "broadcast", "--key", openKey, "--input", Clip.file()),
          new Mistake(1, "exists already", "keygen", "--out", noKey),
          new Mistake(1, takenUdp, "broadcast", "--listen", takenUdp, "--input", Clip.file()),
          new Mistake(1, takenTcp, "watch", gone, "--http", takenTcp),
          new Mistake(1, takenTcp, "demo", "--http", takenTcp, "--seconds", "1"),
          new Mistake(
              1, "no such file", "watch", gone, "--output", directory.resolve("none/out.ts")),
          new Mistake(1, "No peer of this stream answers", "watch", gone, "--join-timeout", "1s"),
          new Mistake(1, "No peer of this stream answers", "relay", gone, "--join-timeout", "1s"));
    }
  }

  /** A good link to a stream whose broadcaster is no longer there. */
  private static String goneLink() throws Exception {
    try (DatagramSocket udp =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      PeerAddress address = new PeerAddress("127.0.0.1", udp.getLocalPort());
      return StreamLink.of(ChannelKey.generate().id(), address).toString();
    }
  }

  private void check(Mistake... mistakes) throws Exception {
    int atOnce = 2;
    for (int from = 0; from < mistakes.length; from += atOnce) {
      List<Program> programs = new ArrayList<>();
      int to = Math.min(from + atOnce, mistakes.length);
      for (int i = from; i < to; i++) {
        programs.add(Program.start(directory, mistakes[i].arguments().toArray()));
      }
      for (int i = from; i < to; i++) {
        check(mistakes[i], programs.get(i - from));
      }
    }
  }

  private static void check(Mistake mistake, Program program) throws Exception {
    String what = mistake.arguments().toString();
    int exitCode = program.exitCode();
    assertThat(program.errors().strip().lines()).as(what).hasSize(1);
    assertThat(program.errors()).as(what).contains(mistake.sentence()).doesNotContain("Exception");
    assertThat(exitCode).as(what).isEqualTo(mistake.exitCode());
  }
}

package dev.livestream.examples.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livestream.StreamLink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broadcasts that take a minute or more. */
@Tag("long")
class LongBroadcastTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private Program watch(String link, String name) throws Exception {
    return Program.watch(directory, link, directory.resolve(name));
  }

  private void awaitBytes(String name, long size) throws Exception {
    Path file = directory.resolve(name);
    while (!Files.exists(file) || Files.size(file) < size) {
      Thread.sleep(10);
    }
  }

  @Test
  void aStreamThatIsSilentForAMinuteGoesOn() throws Exception {
    byte[] clip = Files.readAllBytes(Clip.file());
    int half = clip.length / 2 / 188 * 188;
    try (Program broadcaster =
            Program.start(
                directory, "broadcast", "--listen", "127.0.0.1:0", "--wait-viewers", "2");
        Program first = watch(broadcaster.firstLine(), "first");
        Program second = watch(broadcaster.firstLine(), "second")) {
      broadcaster.send(clip, 0, half);
      Thread.sleep(61_000);
      broadcaster.send(clip, half, clip.length);
      broadcaster.endInput();
      assertThat(broadcaster.exitCode()).isZero();
      assertThat(first.exitCode()).isZero();
      assertThat(second.exitCode()).isZero();
    }
    assertThat(directory.resolve("first")).hasBinaryContent(clip);
    assertThat(directory.resolve("second")).hasBinaryContent(clip);
  }

  @Test
  void viewersCarryOnWhenTheBroadcasterComesBackWithTheSameKey() throws Exception {
    byte[] clip = Files.readAllBytes(Clip.file());
    Path key = directory.resolve("key.pem");
    try (Program keygen = Program.start(directory, "keygen", "--out", key)) {
      assertThat(keygen.exitCode()).isZero();
    }
    Object[] command = {"broadcast", "--key", key, "--input", Clip.file(), "--listen"};
    try (Program before =
            Program.start(directory, plus(command, "127.0.0.1:0", "--wait-viewers", 2));
        Program first = watch(before.firstLine(), "first");
        Program second = watch(before.firstLine(), "second")) {
      String port = portOf(before.firstLine());
      awaitBytes("first", clip.length / 2);
      before.kill();
      long had = Files.size(directory.resolve("first"));
      try (Program after =
          Program.start(directory, plus(command, "127.0.0.1:" + port, "--wait-viewers", 2))) {
        assertThat(after.exitCode()).isZero();
        assertThat(first.exitCode()).isZero();
        assertThat(second.exitCode()).isZero();
      }
      for (String name : List.of("first", "second")) {
        byte[] output = Files.readAllBytes(directory.resolve(name));
        assertThat(output).as(name).hasSizeGreaterThan((int) had);
        int newRun = output.length - clip.length;
        assertThat(output).as(name).endsWith(clip);
        assertThat(Arrays.copyOf(output, newRun)).as(name).isEqualTo(Arrays.copyOf(clip, newRun));
      }
    }
  }

  private static Object[] plus(Object[] command, Object... more) {
    List<Object> all = new ArrayList<>(Arrays.asList(command));
    all.addAll(List.of(more));
    return all.toArray();
  }

  private static String portOf(String link) {
    return Integer.toString(StreamLink.parse(link).hints().get(0).port());
  }

  @Test
  void twelveViewersHaveEveryByteFromABroadcasterLimitedToThreeTimesTheBitRate() throws Exception {
    Path clip = Clip.file();
    long bitrate = Files.size(clip) * 8 / Clip.SECONDS;
    Path figures = directory.resolve("figures");
    List<Program> viewers = new ArrayList<>();
    try (Program broadcaster =
        Program.start(
            directory,
            "broadcast",
            "--input",
            clip,
            "--listen",
            "127.0.0.1:0",
            "--wait-viewers",
            12,
            "--upload-limit",
            3 * bitrate,
            "--stats-json",
            figures)) {
      for (int i = 0; i < 12; i++) {
        viewers.add(watch(broadcaster.firstLine(), "viewer" + i));
      }
      assertThat(broadcaster.exitCode()).isZero();
      for (int i = 0; i < 12; i++) {
        assertThat(viewers.get(i).exitCode()).isZero();
        assertThat(directory.resolve("viewer" + i)).as("%d", i).hasSameBinaryContentAs(clip);
      }
    } finally {
      viewers.forEach(Program::close);
    }
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(figures)) {
      lines.add(JSON.readTree(line));
    }
    assertThat(lines.get(lines.size() - 1).get("bytesUp").asLong())
        .isLessThanOrEqualTo(3 * Files.size(clip));
    for (int i = 1; i < lines.size(); i++) {
      double seconds = lines.get(i).get("t").asDouble() - lines.get(i - 1).get("t").asDouble();
      long bytes = lines.get(i).get("bytesUp").asLong() - lines.get(i - 1).get("bytesUp").asLong();
      if (seconds >= 0.9) {
        assertThat(bytes * 8 / seconds).as("line %d", i).isLessThanOrEqualTo(3 * bitrate * 1.05);
      }
    }
  }
}

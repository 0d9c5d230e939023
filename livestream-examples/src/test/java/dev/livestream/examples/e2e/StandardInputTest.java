package dev.livestream.examples.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.examples.HelloBroadcaster;
import dev.livestream.examples.HelloViewer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardInputTest {
  @TempDir private Path directory;

  @Test
  void theLinkIsThereBeforeTheFirstByteAndWhatComesGoesThrough() throws Exception {
    byte[] clip = Files.readAllBytes(Clip.file());
    Path output = directory.resolve("out.ts");
    try (Program broadcaster =
            Program.start(
                directory, "broadcast", "--listen", "127.0.0.1:0", "--wait-viewers", "1");
        Program viewer = Program.watch(directory, broadcaster.firstLine(), output)) {
      broadcaster.send(clip, 0, clip.length);
      broadcaster.endInput();
      assertThat(broadcaster.exitCode()).as(broadcaster.errors()).isZero();
      assertThat(viewer.exitCode()).as(viewer.errors()).isZero();
    }
    assertThat(output).hasBinaryContent(clip);
  }

  @Test
  void theFirstProgramsOfTheReadmeStreamFromOneToTheOther() throws Exception {
    byte[] line = "one line of a stream that goes on and on\n".getBytes(StandardCharsets.UTF_8);
    StringBuilder sent = new StringBuilder();
    try (Program broadcaster = Program.start(HelloBroadcaster.class, directory);
        Program viewer = Program.start(HelloViewer.class, directory, broadcaster.firstLine())) {
      while (viewer.output().isEmpty()) {
        broadcaster.send(line, 0, line.length);
        sent.append(new String(line, StandardCharsets.UTF_8));
        Thread.sleep(20);
      }
      broadcaster.endInput();
      assertThat(broadcaster.exitCode()).as(broadcaster.errors()).isZero();
      assertThat(viewer.exitCode()).as(viewer.errors()).isZero();
      assertThat(viewer.output()).isNotEmpty();
      assertThat(sent.toString()).endsWith(viewer.output());
    }
  }

  @Test
  void toldToEndTheBroadcasterEndsTheStreamForItsViewers() throws Exception {
    Path output = directory.resolve("out.bin");
    byte[] bytes = new byte[10_000];
    try (Program broadcaster =
            Program.start(
                directory, "broadcast", "--listen", "127.0.0.1:0", "--wait-viewers", "1");
        Program viewer = Program.watch(directory, broadcaster.firstLine(), output)) {
      broadcaster.send(bytes, 0, bytes.length);
      while (!Files.exists(output) || Files.size(output) < bytes.length) {
        Thread.sleep(10);
      }
      broadcaster.terminate();
      assertThat(viewer.exitCode()).as(viewer.errors()).isZero();
      assertThat(broadcaster.exitCode()).isEqualTo(143);
      assertThat(broadcaster.errors()).isEmpty();
    }
    assertThat(output).hasBinaryContent(bytes);
  }
}

package dev.livestream.examples.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  @TempDir private Path directory;

  @Test
  void endsByItselfWithASummaryWhenEveryViewerHasEveryByte() throws Exception {
    Path figures = directory.resolve("demo.json");
    try (Program demo =
        Program.start(
            directory,
            "demo",
            "--viewers",
            4,
            "--seconds",
            4,
            "--http",
            "127.0.0.1:0",
            "--stats-json",
            figures)) {
      assertThat(demo.firstLine()).startsWith("Watch it at http://127.0.0.1:");
      assertThat(demo.exitCode()).as(demo.errors()).isZero();
      assertThat(demo.output()).contains("viewer 4").doesNotContain(" NO\n");
    }
    List<String> lines = Files.readAllLines(figures);
    JsonNode last = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(last.get("role").asText()).isEqualTo("demo");
    assertThat(last.get("viewers")).hasSize(4);
    assertThat(last.get("missed").asLong()).isZero();
    long made = last.at("/broadcaster/bytesDelivered").asLong();
    assertThat(last.get("bytesDelivered").asLong()).isEqualTo(4 * made).isPositive();
  }

  @Test
  void toldToEndItEndsItsEncoderAndLeaves() throws Exception {
    try (Program demo = Program.start(directory, "demo", "--viewers", 1, "--http", "127.0.0.1:0")) {
      demo.firstLine();
      List<ProcessHandle> encoders = demo.children();
      assertThat(encoders).hasSize(1);
      demo.terminate();
      assertThat(demo.exitCode()).isEqualTo(143);
      assertThat(encoders).noneMatch(ProcessHandle::isAlive);
      assertThat(demo.errors()).isEmpty();
    }
  }
}

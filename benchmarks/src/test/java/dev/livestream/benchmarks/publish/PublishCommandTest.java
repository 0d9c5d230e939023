package dev.livestream.benchmarks.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_ERR)
class PublishCommandTest {
  @TempDir private Path folder;

  private String refused(String... args) {
    return said(() -> PublishCommand.execute(Path.of("..").toAbsolutePath(), args), 2);
  }

  private static String said(IntSupplier tool, int code) {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThat(tool.getAsInt()).isEqualTo(code);
    } finally {
      System.setErr(before);
    }
    String text = said.toString(StandardCharsets.UTF_8);
    assertThat(text).endsWith("\n").containsOnlyOnce("\n");
    return text.strip();
  }

  @Test
  void wrongUsageIsToldInOneSentence() {
    assertThat(refused()).startsWith("publish: say what");
    assertThat(refused("run", "--seeds", "many"))
        .isEqualTo("publish: 'many' is no list of seeds, such as 1-5 or 1,3,7-9");
    assertThat(refused("run", "--only", "nothing"))
        .isEqualTo("publish: the matrix has no entry 'nothing'");
    assertThat(refused("run", "--most-minutes", "0"))
        .isEqualTo("publish: --most-minutes must be 1 or more, not 0");
    assertThat(refused("goals", folder.resolve("none").toString()))
        .isEqualTo("publish: there is no folder " + folder.resolve("none"));
    assertThat(refused("page", folder.toString(), "--into", folder.toString()))
        .isEqualTo("publish: there are no reports to make a page of");
  }

  @Test
  void whatIsNoReportIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "{\"scenario\": \"x\"}");
    assertThat(refused("goals", folder.toString()))
        .isEqualTo("publish: " + file + " is no report of benchmarks/swarm");

    Files.writeString(file, "{");
    assertThat(refused("goals", folder.toString()))
        .startsWith("publish: " + file + " is no JSON: ");
  }
}

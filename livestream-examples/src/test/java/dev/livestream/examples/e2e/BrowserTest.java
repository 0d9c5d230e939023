package dev.livestream.examples.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's page in a real browser; the script says what it looks for. */
@Tag("browser")
class BrowserTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path SCRIPTS = Path.of("src", "test", "browser");

  @TempDir private Path directory;

  @Test
  void theVideoMovesAndHasAPictureAndTheFiguresAreThere() throws Exception {
    assumeTrue(Files.isExecutable(CHROMIUM), "needs " + CHROMIUM);
    Path tools = Files.createDirectories(Path.of("target", "browser"));
    for (String name : List.of("package.json", "demo.mjs")) {
      Files.copy(SCRIPTS.resolve(name), tools.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(run(tools, "npm", "install", "--no-audit", "--no-fund", "--silent")).isZero();
    try (Program demo = Program.start(directory, "demo", "--http", "127.0.0.1:0")) {
      String url = demo.firstLine().replaceFirst(".* ", "");
      Path picture = Path.of("target", "demo.png").toAbsolutePath();
      assertThat(run(tools, "node", "demo.mjs", url, CHROMIUM.toString(), picture.toString()))
          .isZero();
    }
  }

  private static int run(Path directory, String... command)
      throws IOException, InterruptedException {
    return new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start().waitFor();
  }
}

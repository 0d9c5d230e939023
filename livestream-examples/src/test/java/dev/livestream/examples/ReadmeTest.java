package dev.livestream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README shows programs that compile. */
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path SOURCES = Path.of("src/main/java/dev/livestream/examples");
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void theReadmeQuotesTheTwoSmallestPrograms() throws IOException {
    List<String> quoted =
        JAVA.matcher(Files.readString(README)).results().map(found -> found.group(1)).toList();
    assertThat(quoted).containsExactly(body("HelloBroadcaster"), body("HelloViewer"));
  }

  @Test
  void theDocumentsThatTheReadmeLinksToAreThere() throws IOException {
    List<Path> linked =
        Pattern.compile("\\]\\(([^)]+)\\)")
            .matcher(Files.readString(README))
            .results()
            .map(found -> README.resolveSibling(found.group(1)))
            .toList();
    assertThat(linked).isNotEmpty().allSatisfy(path -> assertThat(path).exists());
  }

  /** The statement that a program's main method begins with, as it stands in its file. */
  private static String body(String program) throws IOException {
    List<String> lines = Files.readAllLines(SOURCES.resolve(program + ".java"));
    int from =
        lines.indexOf(lines.stream().filter(l -> l.startsWith("    try (")).findFirst().get());
    int length = lines.subList(from, lines.size()).indexOf("    }") + 1;
    return lines.subList(from, from + length).stream()
        .map(line -> line.substring(4) + "\n")
        .collect(Collectors.joining());
  }
}

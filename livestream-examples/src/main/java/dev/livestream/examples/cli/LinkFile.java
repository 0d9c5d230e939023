package dev.livestream.examples.cli;

import dev.livestream.StreamLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that has the link, whole or not at all: scripts wait for it to appear. */
final class LinkFile {
  private LinkFile() {}

  static void write(Path file, StreamLink link) throws IOException {
    Path target = file.toAbsolutePath();
    try {
      Path folder = target.getParent();
      Path fresh = Files.createTempFile(folder, "link", ".tmp");
      try {
        Files.writeString(fresh, link + "\n", StandardCharsets.UTF_8);
        Files.move(
            fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw Failure.ofFile("write", file, e);
    }
  }
}

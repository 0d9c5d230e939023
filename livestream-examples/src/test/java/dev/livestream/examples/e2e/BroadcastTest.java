package dev.livestream.examples.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One broadcast as people do it, each program a process of its own: four viewers that stay, one
 * that is killed halfway, one that joins halfway, and a player on HTTP.
 */
class BroadcastTest {
  private static final int STAYING = 4;

  @TempDir private static Path directory;
  private static byte[] clip;
  private static int broadcasterExit;
  private static byte[] played;
  private static final List<Integer> viewerExits = new ArrayList<>();

  @BeforeAll
  static void broadcast() throws Exception {
    Path input = Clip.file();
    clip = Files.readAllBytes(input);
    try (Program broadcaster =
        Program.start(
            directory,
            "broadcast",
            "--input",
            input,
            "--listen",
            "127.0.0.1:0",
            "--wait-viewers",
            STAYING + 1,
            "--link-file",
            directory.resolve("link"),
            "--stats-json",
            directory.resolve("broadcaster.json"))) {
      String link = broadcaster.firstLine();
      List<Program> viewers = new ArrayList<>();
      for (int i = 0; i < STAYING; i++) {
        viewers.add(watch(link, "viewer" + i));
      }
      Program killed = watch(link, "killed");
      awaitBytes(directory.resolve("killed.ts"), clip.length / 2);
      killed.kill();
      Program late =
          Program.watch(directory, link, directory.resolve("late.ts"), "--http", "127.0.0.1:0");
      viewers.add(late);
      CompletableFuture<byte[]> player = CompletableFuture.supplyAsync(() -> play(late));
      broadcasterExit = broadcaster.exitCode();
      for (Program viewer : viewers) {
        viewerExits.add(viewer.exitCode());
      }
      played = player.join();
    }
  }

  private static Program watch(String link, String name) throws Exception {
    Path figures = directory.resolve(name + ".json");
    return Program.watch(directory, link, directory.resolve(name + ".ts"), "--stats-json", figures);
  }

  private static void awaitBytes(Path file, long size) throws Exception {
    while (!Files.exists(file) || Files.size(file) < size) {
      Thread.sleep(10);
    }
  }

  private static byte[] play(Program viewer) {
    try {
      String url = "";
      while (url.isEmpty()) {
        url =
            viewer.errors().lines().filter(line -> line.contains("http://")).findFirst().orElse("");
        Thread.sleep(10);
      }
      URI uri = URI.create(url.substring(url.indexOf("http://")).strip());
      try (InputStream in = uri.toURL().openStream()) {
        return in.readAllBytes();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] output(String name) throws Exception {
    return Files.readAllBytes(directory.resolve(name + ".ts"));
  }

  @Test
  void everyoneWhoStaysToTheEndLeavesInPeace() {
    assertThat(broadcasterExit).isZero();
    assertThat(viewerExits).hasSize(STAYING + 1).containsOnly(0);
  }

  @Test
  void theFourViewersThatStayHaveEveryByteThoughOneWasKilled() throws Exception {
    for (int i = 0; i < STAYING; i++) {
      assertThat(output("viewer" + i)).as("viewer %d", i).isEqualTo(clip);
    }
  }

  @Test
  void aLateViewerHasTheRestFromAKeyFrameOn() throws Exception {
    byte[] late = output("late");
    assertThat(late).hasSizeBetween(188 * 3, clip.length - 1);
    int start = clip.length - late.length;
    assertThat(late).isEqualTo(Arrays.copyOfRange(clip, start, clip.length));
    assertThat(Clip.isKeyFrame(clip, start)).isTrue();
  }

  @Test
  void aPlayerGetsTheSameFromAKeyFrameOn() {
    assertThat(played).hasSizeBetween(188 * 3, clip.length - 1);
    int start = clip.length - played.length;
    assertThat(played).isEqualTo(Arrays.copyOfRange(clip, start, clip.length));
    assertThat(Clip.isKeyFrame(clip, start)).isTrue();
  }

  @Test
  void theLinkFileHasTheLink() throws Exception {
    assertThat(Files.readString(directory.resolve("link")))
        .startsWith("livestream:")
        .endsWith("\n");
  }

  @Test
  void theFiguresAreThereEachSecondAndAtTheEnd() throws Exception {
    ObjectMapper json = new ObjectMapper();
    List<String> lines = Files.readAllLines(directory.resolve("viewer0.json"));
    assertThat(lines).hasSizeGreaterThan(Clip.SECONDS / 2);
    JsonNode last = json.readTree(lines.get(lines.size() - 1));
    for (String name :
        List.of(
            "t",
            "role",
            "peers",
            "chunks",
            "missed",
            "duplicates",
            "bytesDelivered",
            "bytesUp",
            "bytesDown",
            "payloadUp",
            "payloadDown",
            "delayMs",
            "startupMs",
            "rejected",
            "bannedPeers")) {
      assertThat(last.has(name)).as(name).isTrue();
    }
    assertThat(last.get("role").asText()).isEqualTo("viewer");
    assertThat(last.get("bytesDelivered").asLong()).isEqualTo(clip.length);
    assertThat(last.get("missed").asLong()).isZero();
    assertThat(last.get("rejected").asLong()).isZero();
    JsonNode source = json.readTree(lastLine("broadcaster.json"));
    assertThat(source.get("bytesDelivered").asLong()).isEqualTo(clip.length);
    assertThat(source.get("bytesUp").asLong()).isGreaterThan(clip.length);
  }

  private static String lastLine(String name) throws Exception {
    List<String> lines = Files.readAllLines(directory.resolve(name));
    return lines.get(lines.size() - 1);
  }
}

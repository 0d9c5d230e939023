package dev.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.fake.FakeNetwork;
import dev.livestream.fake.Reading;
import dev.livestream.fake.ThreadLoop;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The snippets of the Javadoc, compiled, run, and compared with what stands there. */
@Timeout(60)
class ExamplesInJavadocTest {
  private final ThreadLoop loop = new ThreadLoop();
  private final FakeNetwork network = new FakeNetwork(loop, 500);

  @AfterEach
  void stopLoop() {
    loop.close();
  }

  /** What the snippets do with the default transport, which core does not have. */
  static final class Snippets {
    private Snippets() {}

    static void broadcast(InputStream camera) throws IOException {
      // begin Broadcaster
      try (Broadcaster broadcaster =
          Broadcaster.builder(ChannelKey.generate()).title("Harbour cam").start()) {
        System.out.println(broadcaster.link());
        camera.transferTo(broadcaster.output());
      }
      // end
    }

    static void view(String[] args, OutputStream player) throws IOException {
      // begin Viewer
      try (Viewer viewer =
          Viewer.builder(StreamLink.parse(args[0])).targetLatency(Duration.ofSeconds(1)).join()) {
        viewer.input().transferTo(player);
      }
      // end
    }

    static void relay(StreamLink link) throws IOException, InterruptedException {
      // begin Relay
      try (Relay relay = Relay.builder(link).uploadLimit(BitRate.ofMegabits(50)).join()) {
        relay.awaitEnd();
      }
      // end
    }

    static void share(StreamLink newsLink, StreamLink weatherLink) throws IOException {
      // begin Endpoint
      try (Endpoint endpoint = Endpoint.builder().listen("0.0.0.0:4700").open();
          Viewer news = Viewer.builder(newsLink).endpoint(endpoint).join();
          Viewer weather = Viewer.builder(weatherLink).endpoint(endpoint).join()) {
        watch(news, weather);
      }
      // end
    }

    private static void watch(Viewer news, Viewer weather) throws IOException {
      news.nextChunk();
      weather.nextChunk();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Broadcaster", "Viewer", "Relay", "Endpoint"})
  void theJavadocQuotesTheCompiledSnippet(String type) throws IOException {
    assertThat(quoted(type)).isEqualTo(compiled(type)).isNotEmpty();
  }

  private static List<String> quoted(String type) throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("src/main/java/dev/livestream/" + type + ".java"));
    int from = lines.indexOf(" * <pre>{@code");
    int to = lines.indexOf(" * }</pre>");
    return lines.subList(from + 1, to).stream()
        .map(line -> line.substring(3).strip())
        .collect(Collectors.toList());
  }

  private static List<String> compiled(String type) throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("src/test/java/dev/livestream/ExamplesInJavadocTest.java"));
    int from = lines.indexOf("      // begin " + type);
    int length = lines.subList(from, lines.size()).indexOf("      // end");
    return lines.subList(from + 1, from + length).stream()
        .map(String::strip)
        .collect(Collectors.toList());
  }

  @Test
  void theWayOfTheSnippetsWorks() throws Exception {
    byte[] media = new byte[100_000];
    ByteArrayOutputStream player = new ByteArrayOutputStream();
    try (Broadcaster broadcaster =
        Broadcaster.builder(ChannelKey.generate()).transport(network).start()) {
      try (Viewer viewer =
          Viewer.builder(StreamLink.parse(broadcaster.link().toString()))
              .transport(network)
              .targetLatency(Duration.ofSeconds(10))
              .join()) {
        CompletableFuture<byte[]> read = Reading.all(viewer.input());
        new ByteArrayInputStream(media).transferTo(broadcaster.output());
        CompletableFuture.runAsync(broadcaster::close).get(30, TimeUnit.SECONDS);
        player.writeBytes(read.get());
      }
    }
    assertThat(player.toByteArray()).isEqualTo(media);
  }
}

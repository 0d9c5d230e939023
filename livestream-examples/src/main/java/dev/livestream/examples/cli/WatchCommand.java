package dev.livestream.examples.cli;

import dev.livestream.BitRate;
import dev.livestream.Media;
import dev.livestream.StreamLink;
import dev.livestream.Viewer;
import dev.livestream.ViewerBuilder;
import dev.livestream.examples.web.LiveMedia;
import dev.livestream.examples.web.LocalServer;
import dev.livestream.examples.web.MediaHandler;
import dev.livestream.examples.web.ViewerOutput;
import dev.livestream.spi.PeerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Views a stream. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Views a stream until the broadcast ends, and passes it on to other viewers.")
public final class WatchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "LINK", description = "What the broadcaster handed out.")
  private @Nullable StreamLink link;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Where the verified bytes go; '-' is standard output, the default without --http.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = "Serves the stream to players here, such as VLC, mpv, ffplay or a browser.")
  private Optional<PeerAddress> http = Optional.empty();

  @Option(names = "--listen", paramLabel = "HOST:PORT", description = "Where to listen (UDP).")
  private Optional<PeerAddress> listen = Optional.empty();

  @Option(
      names = "--latency",
      paramLabel = "DURATION",
      description = "How long missing bytes are waited for, such as 500ms or 2s (1s unless given).")
  private Duration latency = Duration.ofSeconds(1);

  @Option(
      names = "--join-timeout",
      paramLabel = "DURATION",
      description = "How long to look for a peer that has the stream (15s unless given).")
  private Duration joinTimeout = Duration.ofSeconds(15);

  @Option(
      names = "--upload-limit",
      paramLabel = "RATE",
      description = "What all sending together never exceeds.")
  private BitRate uploadLimit = BitRate.ZERO;

  @Option(names = "--leaf", description = "Passes nothing on.")
  private boolean leaf;

  @Option(
      names = "--stats-json",
      paramLabel = "FILE",
      description = "Writes the figures here, one JSON object a second.")
  private Optional<Path> statsJson = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Optional<Path> target =
        output.isEmpty() && http.isEmpty() ? Optional.of(MediaFile.STANDARD_OUTPUT) : output;
    try (Interruptions interruptions = new Interruptions();
        MediaFile file = MediaFile.open(target)) {
      interruptions.run(() -> watch(file, interruptions));
    }
    return 0;
  }

  private void watch(MediaFile file, Interruptions interruptions) throws IOException {
    LiveMedia live = new LiveMedia();
    if (http.isEmpty()) {
      view(file, live, interruptions);
      return;
    }
    try (LocalServer server = LocalServer.open(http.get())) {
      server.on("/", new MediaHandler(live));
      System.err.println("Players can open " + server.url());
      view(file, live, interruptions);
    }
  }

  private void view(MediaFile file, LiveMedia live, Interruptions interruptions)
      throws IOException {
    ViewerBuilder builder =
        Viewer.builder(Objects.requireNonNull(link))
            .targetLatency(latency)
            .joinTimeout(joinTimeout)
            .uploadLimit(uploadLimit)
            .leafOnly(leaf);
    listen.ifPresent(builder::listen);
    try (StatsWriter stats = StatsWriter.open(statsJson);
        Viewer viewer = builder.join()) {
      stats.start(() -> StatsJson.of(viewer.stats()));
      interruptions.run(() -> read(viewer, file, new ViewerOutput(live)));
    }
  }

  private static void read(Viewer viewer, MediaFile file, ViewerOutput players) throws IOException {
    Media media;
    do {
      media = viewer.nextChunk();
      file.accept(media);
      players.accept(media);
    } while (!(media instanceof Media.End));
  }
}

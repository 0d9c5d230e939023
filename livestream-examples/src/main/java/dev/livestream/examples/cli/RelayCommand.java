package dev.livestream.examples.cli;

import dev.livestream.BitRate;
import dev.livestream.Relay;
import dev.livestream.RelayBuilder;
import dev.livestream.StreamLink;
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

/** Passes a stream on without viewing it. */
@Command(
    name = "relay",
    mixinStandardHelpOptions = true,
    description = "Passes a stream on until the broadcast ends, without viewing it.")
public final class RelayCommand implements Callable<Integer> {
  @Parameters(paramLabel = "LINK", description = "What the broadcaster handed out.")
  private @Nullable StreamLink link;

  @Option(names = "--listen", paramLabel = "HOST:PORT", description = "Where to listen (UDP).")
  private Optional<PeerAddress> listen = Optional.empty();

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

  @Option(
      names = "--stats-json",
      paramLabel = "FILE",
      description = "Writes the figures here, one JSON object a second.")
  private Optional<Path> statsJson = Optional.empty();

  @Override
  public Integer call() throws IOException {
    try (Interruptions interruptions = new Interruptions()) {
      interruptions.run(() -> relay(interruptions));
    }
    return 0;
  }

  private void relay(Interruptions interruptions) throws IOException {
    RelayBuilder builder =
        Relay.builder(Objects.requireNonNull(link))
            .joinTimeout(joinTimeout)
            .uploadLimit(uploadLimit);
    listen.ifPresent(builder::listen);
    try (StatsWriter stats = StatsWriter.open(statsJson);
        Relay relay = builder.join()) {
      stats.start(() -> StatsJson.of(relay.stats()));
      System.err.println("Others can join here: " + relay.relayLink());
      interruptions.run(relay::awaitEnd);
    }
  }
}

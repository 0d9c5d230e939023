package dev.livestream.examples.cli;

import dev.livestream.BitRate;
import dev.livestream.Broadcaster;
import dev.livestream.BroadcasterBuilder;
import dev.livestream.StreamLink;
import dev.livestream.crypto.ChannelKey;
import dev.livestream.examples.media.MediaFeed;
import dev.livestream.examples.media.MediaFeed.Pace;
import dev.livestream.examples.media.MediaInput;
import dev.livestream.spi.PeerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Broadcasts a file or standard input. */
@Command(
    name = "broadcast",
    mixinStandardHelpOptions = true,
    description = "Broadcasts a file or standard input. The first line printed is the link.")
public final class BroadcastCommand implements Callable<Integer> {
  private static final Path STANDARD_INPUT = Path.of("-");

  /** How long to wait for a first byte before the link is printed all the same. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The channel's key, made by keygen. A fresh one unless given.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--input",
      paramLabel = "FILE",
      defaultValue = "-",
      description = {
        "What to send. MPEG-TS is sent at the pace of its own clock, other files at --bitrate.",
        "'-', the default, is standard input, sent as it comes."
      })
  private Path input = STANDARD_INPUT;

  @Option(
      names = "--loop",
      description = "Sends the file again and again, as it is: its time stamps start over, too.")
  private boolean loop;

  @Option(
      names = "--bitrate",
      paramLabel = "RATE",
      description = "The media's bit rate, such as 800k or 2.5M.")
  private BitRate bitrate = BitRate.ZERO;

  @Option(names = "--listen", paramLabel = "HOST:PORT", description = "Where to listen (UDP).")
  private Optional<PeerAddress> listen = Optional.empty();

  @Option(
      names = "--advertise",
      paramLabel = "HOST:PORT",
      description = "What the link says instead of where this machine finds itself.")
  private Optional<PeerAddress> advertise = Optional.empty();

  @Option(
      names = "--link-file",
      paramLabel = "FILE",
      description = "Also writes the link here, all at once.")
  private Optional<Path> linkFile = Optional.empty();

  @Option(
      names = "--wait-viewers",
      paramLabel = "N",
      description = "Starts sending once N viewers have joined.")
  private int waitViewers;

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
    if (live() && loop) {
      throw wrong("--loop needs a file: standard input can be read only once.");
    }
    if (waitViewers < 0) {
      throw wrong("--wait-viewers must be 0 or more.");
    }
    ChannelKey channel = key.isPresent() ? ChannelKey.load(key.get()) : ChannelKey.generate();
    try (Interruptions interruptions = new Interruptions()) {
      interruptions.run(() -> broadcast(channel, interruptions));
    }
    return 0;
  }

  private boolean live() {
    return input.equals(STANDARD_INPUT);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private void broadcast(ChannelKey channel, Interruptions interruptions)
      throws IOException, InterruptedException {
    try (InputStream in = open()) {
      MediaInput media = look(in);
      // The statistics are closed last: their last line is of when all was sent.
      try (StatsWriter stats = StatsWriter.open(statsJson);
          Broadcaster broadcaster = start(channel, media)) {
        stats.start(() -> StatsJson.of(broadcaster.stats()));
        announce(broadcaster);
        interruptions.run(() -> send(broadcaster, media));
      }
    }
  }

  private InputStream open() throws IOException {
    return live() ? new StandardInput() : openFile();
  }

  private InputStream openFile() throws IOException {
    try {
      if (Files.isDirectory(input)) {
        throw new Failure("Cannot read " + input + ": it is a folder.");
      }
      return Files.newInputStream(input);
    } catch (Failure e) {
      throw e;
    } catch (IOException e) {
      throw Failure.ofFile("read", input, e);
    }
  }

  /** Finds out what the input is; standard input that says nothing yet is not waited for. */
  private MediaInput look(InputStream in) throws IOException, InterruptedException {
    if (in instanceof StandardInput standard && !standard.awaitData(PATIENCE)) {
      return MediaInput.openLate(in);
    }
    MediaInput media = MediaInput.open(in, !live());
    if (!live() && rate(media) == 0) {
      throw wrong(input + " does not say how fast it is to be sent; give its --bitrate.");
    }
    return media;
  }

  private long rate(MediaInput media) {
    return bitrate.equals(BitRate.ZERO) ? media.bitrate() : bitrate.bitsPerSecond();
  }

  private Broadcaster start(ChannelKey channel, MediaInput media) throws IOException {
    BroadcasterBuilder builder =
        Broadcaster.builder(channel)
            .title(live() ? "" : String.valueOf(input.getFileName()))
            .contentType(media.contentType())
            .header(media.header())
            .bitrate(BitRate.ofBits(rate(media)))
            .uploadLimit(uploadLimit);
    listen.ifPresent(builder::listen);
    advertise.ifPresent(builder::advertise);
    return builder.start();
  }

  private void announce(Broadcaster broadcaster) throws IOException {
    StreamLink link = broadcaster.link();
    System.out.println(link);
    System.out.flush();
    if (linkFile.isPresent()) {
      LinkFile.write(linkFile.get(), link);
    }
  }

  private void send(Broadcaster broadcaster, MediaInput media)
      throws IOException, InterruptedException {
    boolean enough;
    do {
      enough = broadcaster.awaitViewers(waitViewers, Duration.ofHours(1));
    } while (!enough);
    media.pump(new MediaFeed(broadcaster, pace(media)));
    while (loop) {
      try (InputStream again = openFile()) {
        MediaInput round = MediaInput.open(again, true);
        round.pump(new MediaFeed(broadcaster, pace(round)));
      }
    }
  }

  private Pace pace(MediaInput media) {
    if (live()) {
      return Pace.AS_IT_COMES;
    }
    return media.bitrate() > 0 ? Pace.byClock() : Pace.byRate(rate(media));
  }
}

package dev.livestream.examples.demo;

import dev.livestream.examples.cli.Failure;
import dev.livestream.examples.cli.Interruptions;
import dev.livestream.examples.cli.StatsWriter;
import dev.livestream.spi.PeerAddress;
import java.io.IOException;
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

/** Shows everything at work in one program. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "A real encoder, a broadcaster, viewers as peers of their own, and a page that shows the",
      "video as one of the viewers received it, and the swarm."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int MAX_VIEWERS = 200;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--viewers", paramLabel = "N", description = "How many viewers (8 unless given).")
  private int viewers = 8;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "A video to show, again and again. A test picture with a clock unless given.")
  private Optional<Path> input = Optional.empty();

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = "Where the page is (127.0.0.1:8080 unless given).")
  private Optional<PeerAddress> http = Optional.empty();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = {
        "Ends by itself after so many seconds, and prints a summary; the exit code is 0 only if",
        "every viewer received every byte."
      })
  private Optional<Integer> seconds = Optional.empty();

  @Option(
      names = "--stats-json",
      paramLabel = "FILE",
      description = {
        "Writes the figures here, one JSON object a second: sums over all viewers (of delays, the",
        "worst), then the broadcaster's and each viewer's own."
      })
  private Optional<Path> statsJson = Optional.empty();

  @Override
  public Integer call() throws IOException {
    check(viewers >= 1 && viewers <= MAX_VIEWERS, "--viewers must be 1 to " + MAX_VIEWERS + ".");
    check(seconds.orElse(1) >= 1, "--seconds must be 1 or more.");
    if (input.isPresent() && !Files.isReadable(input.get())) {
      throw new Failure("Cannot read " + input.get() + ".");
    }
    boolean[] complete = {true};
    try (Interruptions interruptions = new Interruptions()) {
      interruptions.run(() -> complete[0] = run(interruptions));
    }
    return complete[0] ? 0 : 1;
  }

  private void check(boolean ok, String message) {
    if (!ok) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
  }

  private boolean run(Interruptions interruptions) throws IOException, InterruptedException {
    EncoderProgram program = EncoderProgram.find();
    try (StatsWriter stats = StatsWriter.open(statsJson);
        DemoPage page = DemoPage.open(http);
        Encoder encoder = encoder(program);
        Swarm swarm = Swarm.start(encoder, viewers)) {
      stats.start(() -> SwarmJson.stats(swarm));
      page.show(swarm);
      System.out.println("Watch it at " + page.url());
      System.out.println("The link is " + swarm.link());
      System.out.flush();
      interruptions.run(() -> swarm.play(seconds.map(Duration::ofSeconds)));
      swarm.finish();
      System.out.print(Summary.of(swarm));
      return swarm.isComplete();
    }
  }

  private Encoder encoder(EncoderProgram program) throws IOException {
    return input.isPresent()
        ? Encoder.ofFile(program, input.get())
        : Encoder.ofTestPicture(program);
  }
}

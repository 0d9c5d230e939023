package dev.livestream.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the figures of the moment to a file, one JSON object a line: each second, and at the end.
 */
public final class StatsWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatsWriter.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final long PERIOD_MILLIS = 1_000;

  private final Optional<Writer> file;
  private final Timer timer = new Timer("stats", true);
  private volatile @Nullable Supplier<ObjectNode> figures;
  private volatile long startNanos;

  private StatsWriter(Optional<Writer> file) {
    this.file = file;
  }

  /**
   * Opens the file.
   *
   * @param path replaced if it exists; without one nothing is written
   * @throws IOException with one sentence if the file cannot be written
   */
  public static StatsWriter open(Optional<Path> path) throws IOException {
    if (path.isEmpty()) {
      return new StatsWriter(Optional.empty());
    }
    try {
      return new StatsWriter(
          Optional.of(Files.newBufferedWriter(path.get(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw Failure.ofFile("write", path.get(), e);
    }
  }

  /**
   * Begins to write.
   *
   * @param source asked each second, and once more at the end; must not mind being asked late
   */
  public void start(Supplier<ObjectNode> source) {
    startNanos = System.nanoTime();
    figures = source;
    timer.scheduleAtFixedRate(
        new TimerTask() {
          @Override
          public void run() {
            writeLine();
          }
        },
        PERIOD_MILLIS,
        PERIOD_MILLIS);
  }

  private synchronized void writeLine() {
    Supplier<ObjectNode> source = figures;
    try {
      if (file.isPresent() && source != null) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
        line.put("t", millis / 1e3);
        line.setAll(source.get());
        file.get().write(JSON.writeValueAsString(line) + "\n");
        file.get().flush();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("the figures were not written: {}", e.toString());
    }
  }

  /** Writes the last line and closes the file. */
  @Override
  public synchronized void close() {
    timer.cancel();
    writeLine();
    try {
      if (file.isPresent()) {
        file.get().close();
      }
    } catch (IOException e) {
      LOG.warn("the file with the figures was not closed: {}", e.toString());
    }
  }
}

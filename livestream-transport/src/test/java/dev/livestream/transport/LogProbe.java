package dev.livestream.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test in which anything was logged as a warning or an error, or a thread died of an
 * exception: whatever a peer does, nothing may be thrown where nobody expects it.
 */
public final class LogProbe implements BeforeEachCallback, AfterEachCallback {
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private @Nullable PrintStream error;
  private Thread.@Nullable UncaughtExceptionHandler handler;

  @Override
  public void beforeEach(ExtensionContext context) {
    complaints.clear();
    PrintStream original = System.err;
    error = original;
    handler = Thread.getDefaultUncaughtExceptionHandler();
    System.setErr(new Listening(original));
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> complaints.add(thread.getName() + " died of " + thrown));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.setErr(error);
    Thread.setDefaultUncaughtExceptionHandler(handler);
    assertThat(complaints).isEmpty();
  }

  /** Passes everything on, and keeps what was logged as more than information. */
  private final class Listening extends PrintStream {
    Listening(OutputStream target) {
      super(target, true, StandardCharsets.UTF_8);
    }

    @Override
    public void println(@Nullable String line) {
      if (line != null && (line.contains(" WARN ") || line.contains(" ERROR "))) {
        complaints.add(line);
      }
      super.println(line);
    }
  }
}

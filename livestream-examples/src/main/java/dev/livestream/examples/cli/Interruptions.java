package dev.livestream.examples.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and {@code kill} into an interrupt of the thread that works, and gives it time to
 * leave in order: others are told, files are complete, the encoder is gone.
 */
public final class Interruptions implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 3;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread worker = Thread.currentThread();
  private volatile boolean stopping;

  /** Work that an interrupt ends. */
  @FunctionalInterface
  public interface Work {
    /**
     * Works.
     *
     * @throws IOException if it fails
     * @throws InterruptedException if told to stop
     */
    void run() throws IOException, InterruptedException;
  }

  /** From now on the calling thread is interrupted when the program is to end. */
  public Interruptions() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
  }

  private void stop() {
    stopping = true;
    try {
      // Once to end the work, and once more if what comes after it takes too long.
      for (int i = 0; i < 2 && done.getCount() > 0; i++) {
        worker.interrupt();
        if (done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Works until it is done or the program is to end. What goes wrong from then on is no failure.
   *
   * @throws IOException if the work fails
   */
  public void run(Work work) throws IOException {
    try {
      work.run();
    } catch (IOException e) {
      if (!stopping) {
        throw e;
      }
    } catch (InterruptedException e) {
      if (!stopping) {
        throw new IOException("The program was interrupted.", e);
      }
    }
  }

  /** Everything is in order; the program may end. */
  @Override
  public void close() {
    done.countDown();
  }
}

package dev.livestream.node;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs something on a node's loop and waits for its answer. */
public final class LoopCall {
  private static final long CHECK_MILLIS = 100;

  private LoopCall() {}

  /**
   * Runs a task on the loop, or at once if this is the loop. Waits through interrupts, which are
   * kept: a loop answers within moments.
   *
   * @throws IllegalStateException if the endpoint is closed before the task has run
   */
  public static <T> T get(Node node, Supplier<T> task) {
    if (node.loop().inLoop()) {
      return task.get();
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    node.loop()
        .execute(
            () -> {
              try {
                answer.complete(task.get());
              } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
              }
            });
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return answer.get(CHECK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          // A loop that has ended drops its tasks without a word.
          if (node.isDown()) {
            throw new IllegalStateException("The endpoint is closed.", e);
          }
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw rethrown(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof IllegalStateException refused) {
      return new IllegalStateException(refused.getMessage(), refused);
    }
    return new IllegalStateException("A task on the loop failed.", cause);
  }
}

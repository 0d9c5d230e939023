package dev.livestream.transport;

import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.Transport;
import dev.livestream.spi.TransportConfig;
import dev.livestream.spi.TransportProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** For transports whose loop runs on a thread of its own: waiting is looking again. */
public final class RealTimeHarness implements TransportHarness {
  /** Far longer than anything takes, even on a busy machine; only a failing test waits for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

  private final TransportProvider provider;
  private final PeerAddress listen;
  private final PeerAddress nobody;

  /** Makes a harness for a provider and two addresses of its kind. */
  public RealTimeHarness(TransportProvider provider, PeerAddress listen, PeerAddress nobody) {
    this.provider = provider;
    this.listen = listen;
    this.nobody = nobody;
  }

  @Override
  public Transport open(TransportConfig config, Supplier<? extends ConnectionHandler> incoming)
      throws IOException {
    return provider.open(config, incoming);
  }

  @Override
  public PeerAddress listen() {
    return listen;
  }

  @Override
  public PeerAddress nobody() {
    return nobody;
  }

  @Override
  public boolean await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    return true;
  }
}

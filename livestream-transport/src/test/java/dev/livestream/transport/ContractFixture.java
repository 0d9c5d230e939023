package dev.livestream.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.PeerId;
import dev.livestream.crypto.PeerIdentity;
import dev.livestream.spi.Connection;
import dev.livestream.spi.Loop;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.Transport;
import dev.livestream.spi.TransportConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints, connections between them, and frames to send: what the parts of the suite share, and
 * what the tests of single transports may use too.
 */
public final class ContractFixture {
  /** Later than any test lasts. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  private final TransportHarness harness;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<RecordingHandler> handlers = new CopyOnWriteArrayList<>();
  private final List<RecordingHandler> outgoing = new CopyOnWriteArrayList<>();

  public ContractFixture(TransportHarness harness) {
    this.harness = harness;
  }

  /** An endpoint and the handlers of the connections that others opened to it. */
  public static final class Endpoint {
    private final List<RecordingHandler> accepted = new CopyOnWriteArrayList<>();
    private volatile Consumer<RecordingHandler> prepare = handler -> {};
    private volatile @Nullable Transport transport;

    public Transport transport() {
      Transport open = transport;
      if (open == null) {
        throw new AssertionError("the endpoint is not open yet");
      }
      return open;
    }

    public PeerId id() {
      return transport().localId();
    }

    public PeerAddress address() {
      return transport().localAddress();
    }

    /** Does something with each handler before a connection gets it. */
    public void onIncoming(Consumer<RecordingHandler> action) {
      prepare = action;
    }

    public List<RecordingHandler> accepted() {
      return accepted;
    }

    public List<RecordingHandler> acceptedAndOpened() {
      return accepted.stream().filter(RecordingHandler::isOpened).toList();
    }

    private @Nullable Loop loop() {
      Transport open = transport;
      return open == null ? null : open.loop();
    }
  }

  /** Both ends of a connection. */
  public record Link(Endpoint from, Endpoint to, RecordingHandler near, RecordingHandler far) {
    /** The end of the side that connected. */
    public Connection nearEnd() {
      return near.connection();
    }

    /** The end of the side that was connected to. */
    public Connection farEnd() {
      return far.connection();
    }
  }

  public Endpoint open() {
    return open(TransportConfig.Limits.DEFAULT);
  }

  public Endpoint open(TransportConfig.Limits limits) {
    try {
      return openAt(harness.listen(), limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Endpoint openAt(PeerAddress address, TransportConfig.Limits limits) throws IOException {
    byte[] seed = new byte[32];
    seed[0] = (byte) (endpoints.size() + 1);
    Endpoint endpoint = new Endpoint();
    Transport transport =
        harness.open(
            new TransportConfig(PeerIdentity.fromSeed(seed), address, limits),
            () -> {
              RecordingHandler handler = handler(endpoint);
              endpoint.accepted.add(handler);
              endpoint.prepare.accept(handler);
              return handler;
            });
    endpoint.transport = transport;
    endpoints.add(endpoint);
    return endpoint;
  }

  public PeerAddress nobody() {
    return harness.nobody();
  }

  public RecordingHandler handler(Endpoint endpoint) {
    RecordingHandler handler = new RecordingHandler(endpoint::loop);
    handlers.add(handler);
    return handler;
  }

  /** Starts to connect, and waits for nothing. */
  public RecordingHandler connect(Endpoint from, PeerAddress to, @Nullable PeerId expected) {
    RecordingHandler handler = handler(from);
    connect(from, to, expected, handler);
    return handler;
  }

  public void connect(
      Endpoint from, PeerAddress to, @Nullable PeerId expected, RecordingHandler handler) {
    outgoing.add(handler);
    onLoop(from, () -> from.transport().connect(to, expected, handler));
  }

  /** Connects and waits until both sides are open. */
  public Link link(Endpoint from, Endpoint to) {
    List<RecordingHandler> before = List.copyOf(to.accepted);
    RecordingHandler near = connect(from, to.address(), to.id());
    await(near::isOpened);
    Supplier<List<RecordingHandler>> fresh =
        () ->
            to.acceptedAndOpened().stream()
                .filter(it -> !before.contains(it))
                .filter(it -> it.connection().remoteId().equals(from.id()))
                .toList();
    await(() -> !fresh.get().isEmpty());
    assertThat(fresh.get()).hasSize(1);
    return new Link(from, to, near, fresh.get().get(0));
  }

  /** Two endpoints and a connection between them. */
  public Link pair() {
    return link(open(), open());
  }

  /** Runs a task on an endpoint's loop and waits for it. */
  public void onLoop(Endpoint endpoint, Runnable task) {
    onLoop(
        endpoint,
        () -> {
          task.run();
          return true;
        });
  }

  /** Computes something on an endpoint's loop and waits for it. */
  public <T> T onLoop(Endpoint endpoint, Supplier<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    endpoint
        .transport()
        .loop()
        .execute(
            () -> {
              try {
                result.complete(task.get());
              } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            });
    await(result::isDone);
    return result.join();
  }

  public void await(BooleanSupplier condition) {
    assertThat(harness.await(condition)).as("it happens in the end").isTrue();
  }

  public void sendControl(Link link, byte[] frame) {
    onLoop(link.from(), () -> link.nearEnd().sendControl(ByteBuffer.wrap(frame)));
  }

  public long sendChunk(Link link, byte[] frame) {
    return onLoop(link.from(), () -> link.nearEnd().sendChunk(ByteBuffer.wrap(frame), NO_DEADLINE));
  }

  /** Bytes that differ in every place from those of another seed. */
  public static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  /** Closes what the test left open, and looks whether every callback came as it should. */
  public void close() {
    for (Endpoint endpoint : endpoints) {
      endpoint.transport().close();
    }
    harness.close();
    for (RecordingHandler handler : handlers) {
      assertThat(handler.violations()).isEmpty();
      assertThat(handler.closeReasons()).hasSizeLessThanOrEqualTo(1);
      if (handler.isOpened() || outgoing.contains(handler)) {
        assertThat(handler.closeReasons()).as("closed comes once").hasSize(1);
      }
    }
  }
}

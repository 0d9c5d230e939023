package dev.livestream.transport.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.BitRate;
import dev.livestream.Broadcaster;
import dev.livestream.Endpoint;
import dev.livestream.WhenBehind;
import dev.livestream.crypto.ChannelKey;
import dev.livestream.spi.TransportProvider;
import dev.livestream.spi.TransportStats;
import dev.livestream.transport.quic.QuicTransportProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A swarm over QUIC keeps every promise. */
final class QuicSwarmTest extends SwarmContract {
  @Override
  TransportProvider network() {
    return new QuicTransportProvider();
  }

  @Test
  void theUploadLimitHoldsForEverythingThatLeavesTheSocket() throws Exception {
    long limit = 1_000_000;
    byte[] media = Swarm.media(8, 1_200_000);
    Endpoint source = swarm().endpoint();
    Broadcaster broadcaster =
        Broadcaster.builder(ChannelKey.generate())
            .endpoint(source)
            .uploadLimit(BitRate.ofBytes(limit))
            .whenBehind(WhenBehind.block(Swarm.PATIENCE))
            .start();
    List<Reader> readers =
        List.of(swarm().reader(broadcaster.link()), swarm().reader(broadcaster.link()));
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              try {
                broadcaster.write(ByteBuffer.wrap(media));
                broadcaster.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    List<long[]> samples = new ArrayList<>();
    Swarm.await(
        "all is written",
        () -> {
          samples.add(sample(source));
          return writing.isDone();
        });
    writing.join();
    readers.forEach(reader -> Swarm.assertSame(reader.all(), media));
    int windows = 0;
    int from = 0;
    for (long[] to : samples) {
      while (to[2] - samples.get(from)[0] >= 1_000_000_000L) {
        double seconds = (to[2] - samples.get(from)[0]) / 1e9;
        assertThat(to[1] - samples.get(from)[1]).isLessThan((long) (limit * 1.05 * seconds));
        from++;
        windows++;
      }
    }
    assertThat(windows).as("seconds looked at").isPositive();
  }

  /**
   * A moment before, how much had left the socket, with the headers of UDP and IP, and a moment
   * after: a test that is made to wait between them must not take that for speed.
   */
  private static long[] sample(Endpoint endpoint) {
    long before = System.nanoTime();
    TransportStats stats = endpoint.stats();
    return new long[] {before, stats.bytesSent() + 28 * stats.datagramsSent(), System.nanoTime()};
  }
}

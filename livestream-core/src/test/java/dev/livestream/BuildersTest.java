package dev.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.fake.FakeNetwork;
import dev.livestream.fake.ThreadLoop;
import dev.livestream.spi.PeerAddress;
import dev.livestream.wire.StreamParameters;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Every choice that cannot be is refused at once, in a sentence that says why. */
class BuildersTest {
  private final ChannelKey key = ChannelKey.fromSeed(new byte[32]);
  private final BroadcasterBuilder broadcaster = Broadcaster.builder(key);
  private final ViewerBuilder viewer = Viewer.builder(StreamLink.of(key.id()));

  private static void refused(ThrowingCallable choice, String why) {
    assertThatThrownBy(choice)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void broadcasters() {
    refused(() -> broadcaster.title("x".repeat(257)), "at most 256 bytes");
    refused(() -> broadcaster.contentType("x".repeat(129)), "at most 128 bytes");
    refused(() -> broadcaster.header(new byte[32_769]), "at most 32768 bytes");
    refused(() -> broadcaster.chunkSize(511), "512 to 65536");
    refused(() -> broadcaster.chunkSize(65_537), "512 to 65536");
    refused(() -> broadcaster.substreams(0), "1 to 64");
    refused(() -> broadcaster.window(1_000), "power of two");
    refused(() -> broadcaster.bitrate(BitRate.ofMegabits(10_001)), "at most 10 Gbit/s");
    refused(() -> broadcaster.maxBatchDelay(Duration.ZERO), "1 ms to 1000 ms");
    refused(() -> broadcaster.linger(Duration.ofMillis(-1)), "0 ms");
    refused(() -> broadcaster.uploadLimit(BitRate.ofKilobits(99)), "at least 100k");
    refused(() -> broadcaster.listen("nowhere"), "HOST:PORT");
    refused(() -> broadcaster.advertise(new PeerAddress("192.0.2.1", 0)), "needs a port");
    PeerAddress address = new PeerAddress("192.0.2.1", 1);
    refused(() -> broadcaster.advertise(address, address, address, address, address), "At most 4");
  }

  @Test
  void viewers() {
    refused(() -> viewer.targetLatency(Duration.ofMillis(99)), "100 ms to 60000 ms");
    refused(() -> viewer.targetLatency(Duration.ofSeconds(61)), "100 ms to 60000 ms");
    refused(() -> viewer.readBuffer(1_000), "at least 262144 bytes");
    refused(() -> viewer.joinTimeout(Duration.ZERO), "The join timeout");
    refused(() -> viewer.linger(Duration.ofHours(1)), "The linger time");
    RelayBuilder relay = Relay.builder(StreamLink.of(key.id()));
    refused(() -> relay.targetLatency(Duration.ZERO), "The target latency");
    refused(() -> relay.joinTimeout(Duration.ZERO), "The join timeout");
    refused(() -> relay.linger(Duration.ofHours(1)), "The linger time");
  }

  @Test
  void theWindowFollowsTheBitRate() {
    assertThat(broadcaster.parameters()).isEqualTo(new StreamParameters(8, 8_192, 1_024, 0));
    assertThat(broadcaster.bitrate(BitRate.ofMegabits(20)).parameters().windowChunks())
        .isEqualTo(1_024);
    assertThat(broadcaster.chunkSize(16_384).parameters().windowChunks()).isEqualTo(2_048);
    assertThat(broadcaster.bitrate(BitRate.ofMegabits(500)).parameters().windowChunks())
        .isEqualTo(4_096);
    assertThat(broadcaster.window(64).parameters().windowChunks()).isEqualTo(64);
  }

  @Test
  void unlessSaidAChunkIsSome26MillisecondsOfMedia() {
    assertThat(broadcaster.parameters().maxChunkBytes()).isEqualTo(8_192);
    assertThat(maxChunkBytes(100_000)).isEqualTo(2_048);
    assertThat(maxChunkBytes(2_500_000)).isEqualTo(8_192);
    assertThat(maxChunkBytes(5_000_000)).isEqualTo(16_384);
    assertThat(maxChunkBytes(100_000_000)).isEqualTo(32_768);
    assertThat(broadcaster.chunkSize(700).parameters().maxChunkBytes()).isEqualTo(700);
  }

  private int maxChunkBytes(long bitsPerSecond) {
    return broadcaster.bitrate(BitRate.ofBits(bitsPerSecond)).parameters().maxChunkBytes();
  }

  @Test
  void aTransportThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Endpoint.builder().transport("pigeon").open())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("transport");
  }

  @Test
  void choicesOfAnEndpointThatWasGivenAreMadeElsewhere() throws Exception {
    try (ThreadLoop loop = new ThreadLoop();
        Endpoint endpoint = Endpoint.builder().transport(new FakeNetwork(loop, 1)).open()) {
      assertThatThrownBy(() -> broadcaster.endpoint(endpoint).listen("127.0.0.1:0").start())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("choices of the endpoint");
    }
  }

  @Test
  void aClosedEndpointTakesPartInNothing() throws Exception {
    try (ThreadLoop loop = new ThreadLoop()) {
      Endpoint endpoint = Endpoint.builder().transport(new FakeNetwork(loop, 1)).open();
      endpoint.close();
      endpoint.close();
      assertThatThrownBy(() -> broadcaster.endpoint(endpoint).start())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("The endpoint is closed.");
    }
  }
}

package dev.livestream.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.spi.TransportConfig.Limits;
import dev.livestream.transport.ContractFixture.Endpoint;
import dev.livestream.transport.ContractFixture.Link;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Signs of life: what comes from the other side counts even if nobody there says anything. */
interface SignsContract {
  ContractFixture fixture();

  /** Whether the transport can tell when it last heard of the other side. */
  default boolean tellsWhenItHeard() {
    return true;
  }

  @Test
  default void anAcknowledgementIsASignOfLifeThoughTheOtherSideSaysNothing() {
    // Nothing is sent to keep the connection alive: only the chunk can bring an answer.
    Limits quiet = ContractLimits.silence(Duration.ofHours(2), Duration.ofHours(6));
    Endpoint from = fixture().open(quiet);
    Link link = fixture().link(from, fixture().open(quiet));
    long before = heardMicros(link);

    fixture().sendChunk(link, ContractFixture.bytes(1, 5_000));
    fixture().await(() -> link.far().chunkFrames().size() == 1);

    if (tellsWhenItHeard()) {
      fixture().await(() -> heardMicros(link) > before);
      assertThat(heardMicros(link))
          .isLessThanOrEqualTo(fixture().onLoop(from, () -> from.transport().loop().nowMicros()));
    } else {
      assertThat(before).isZero();
      assertThat(heardMicros(link)).isZero();
    }
    assertThat(link.near().chunkFrames()).isEmpty();
    assertThat(link.near().controlFrames()).isEmpty();
  }

  private long heardMicros(Link link) {
    return fixture().onLoop(link.from(), () -> link.nearEnd().stats().heardMicros());
  }
}

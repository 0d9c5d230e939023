package dev.livestream.benchmarks.swarm.floor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livestream.transport.sim.Latencies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloorTest {
  private static final double BITRATE = 2_500_000 / 8.0;
  private static final Floor.Node SOURCE = new Floor.Node(0, 3 * BITRATE, false);

  private static final Latencies STILL = new Latencies(1, 40_000, 40_000);

  @Test
  void oneViewerWaitsForItsChunkAndTheWay() {
    double[] delays =
        Floor.delays(
            new Floor.Stream(4, 4_096, BITRATE),
            STILL,
            SOURCE,
            List.of(new Floor.Node(1, BITRATE, false)));

    assertThat(delays).hasSize(1);
    assertThat(delays[0]).isCloseTo(40_000 + 4_096 / (3 * BITRATE) * 1e6, within(1.0));
  }

  @Test
  void theSourceServesOneAfterTheOther() {
    List<Floor.Node> three = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      three.add(new Floor.Node(i, 1, true));
    }

    double[] delays = Floor.delays(new Floor.Stream(1, 3_000, BITRATE), STILL, SOURCE, three);

    double chunk = 3_000 / (3 * BITRATE) * 1e6;
    assertThat(delays[0]).isCloseTo(40_000 + chunk, within(1.0));
    assertThat(delays[1]).isCloseTo(40_000 + 2 * chunk, within(1.0));
    assertThat(delays[2]).isCloseTo(40_000 + 3 * chunk, within(1.0));
  }

  @Test
  void thoseBehindASourceOfOneCopyGetItFromTheFirst() {
    Floor.Node narrow = new Floor.Node(0, BITRATE, false);
    List<Floor.Node> two =
        List.of(new Floor.Node(1, 2 * BITRATE, false), new Floor.Node(2, BITRATE, true));

    double[] delays = Floor.delays(new Floor.Stream(1, 3_000, BITRATE), STILL, narrow, two);

    double chunk = 3_000 / BITRATE * 1e6;
    assertThat(delays[0]).isCloseTo(40_000 + chunk, within(1.0));
    assertThat(delays[1]).isCloseTo(80_000 + chunk * 1.5, within(1.0));
  }

  @ParameterizedTest
  @CsvSource({"1000, 16384, 4, 494", "1000, 8192, 8, 400", "1000, 4096, 16, 367"})
  void theTableOfTheDesignComesOut(int viewers, int chunkBytes, int substreams, double millis) {
    double[] uplinks = {0.25, 0.25, 0.25, 1, 1, 1, 1, 2, 2, 4};
    List<Floor.Node> nodes = new ArrayList<>();
    for (int i = 0; i < viewers; i++) {
      nodes.add(new Floor.Node(i + 1, uplinks[i % 10] * BITRATE, false));
    }
    Collections.shuffle(nodes, new Random(1));

    double[] delays =
        Floor.delays(
            new Floor.Stream(substreams, chunkBytes, BITRATE),
            new Latencies(1, 40_000, 5_000),
            SOURCE,
            nodes);

    assertThat(delays[viewers * 99 / 100] / 1_000).isCloseTo(millis, within(millis * 0.05));
  }
}

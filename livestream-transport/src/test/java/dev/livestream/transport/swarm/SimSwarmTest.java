package dev.livestream.transport.swarm;

import static dev.livestream.transport.swarm.SimSwarm.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.transport.LogProbe;
import dev.livestream.transport.swarm.SimSwarm.Peer;
import dev.livestream.transport.swarm.SimSwarm.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes long, or has to be measured exactly: nodes under virtual time. */
@ExtendWith(LogProbe.class)
final class SimSwarmTest {
  private static final double FAST = 2_000_000;
  private static final double SLOW = 300_000;

  private final SimSwarm swarm = new SimSwarm(7);

  /** It heard all of a run from a place on, in order, without a gap. */
  private static void assertComplete(Peer viewer, Run run, long from) {
    List<Peer.Heard> ofRun =
        viewer.heard().stream().filter(heard -> heard.epoch() == run.epoch()).toList();
    List<Peer.Heard> expected = new ArrayList<>();
    for (long sequence = from; sequence < run.published(); sequence++) {
      expected.add(new Peer.Heard(run.epoch(), sequence, sequence + 1, false));
    }
    assertThat(ofRun).isEqualTo(expected);
    assertThat(viewer.ended()).isEqualTo(run.epoch());
  }

  @Test
  void aStreamThatIsIdleForMoreThanAMinuteGoesOn() {
    Run run = swarm.broadcast(FAST, 0);
    List<Peer> viewers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      viewers.add(swarm.viewer(FAST, 0));
    }
    swarm.run(SECOND);
    run.stream(3 * SECOND);
    swarm.run(70 * SECOND);
    for (Peer viewer : viewers) {
      assertThat(viewer.heard()).hasSize((int) run.published());
      assertThat(viewer.stream().snapshot().engine().peers()).isPositive();
    }
    run.stream(3 * SECOND);
    run.end();
    swarm.run(5 * SECOND);
    viewers.forEach(viewer -> assertComplete(viewer, run, 0));
  }

  @Test
  void viewersFollowABroadcasterThatCrashedAndStartsAgain() {
    Run before = swarm.broadcast(FAST, 0);
    List<Peer> viewers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      viewers.add(swarm.viewer(FAST, 0));
    }
    swarm.run(SECOND);
    before.stream(4 * SECOND);
    swarm.run(SECOND);
    before.peer().crash();
    swarm.run(8 * SECOND);

    Run after = swarm.broadcast(FAST, 0);
    swarm.run(5 * SECOND);
    after.stream(4 * SECOND);
    after.end();
    swarm.run(5 * SECOND);
    for (Peer viewer : viewers) {
      assertComplete(viewer, after, 0);
      assertThat(viewer.heard().stream().map(Peer.Heard::epoch).toList()).isSorted();
      assertThat(viewer.heard()).hasSize((int) (before.published() + after.published()));
    }
  }

  /**
   * What is written all at once takes longer to send than a source waits for its children, so much
   * of it comes by asking, and some of it the source alone has.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsWrittenFasterThanItCanBeSentReachesEveryPatientViewer(long seed) {
    SimSwarm slow = new SimSwarm(seed);
    Run run = slow.broadcast(SLOW, 0);
    List<Peer> viewers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      viewers.add(slow.viewer(SLOW, 0, Duration.ofSeconds(20)));
    }
    slow.run(2 * SECOND);
    for (int i = 0; i < 25; i++) {
      run.publish(10);
      slow.run(3_000);
      if (i % 10 == 9) {
        viewers.remove(0).crash();
      }
    }
    run.end();
    slow.run(30 * SECOND);
    viewers.forEach(viewer -> assertComplete(viewer, run, 0));
  }

  @Test
  void noUploadLimitIsExceededByMoreThanATwentiethInAnySecond() {
    long sourceLimit = 260_000;
    long viewerLimit = 120_000;
    Run run = swarm.broadcast(FAST, sourceLimit);
    List<Peer> viewers = new ArrayList<>();
    List<Meter> meters = new ArrayList<>();
    meters.add(new Meter(run.peer(), sourceLimit));
    for (int second = 0; second < 12; second++) {
      if (viewers.size() < 8) {
        Peer viewer = swarm.viewer(FAST, viewerLimit);
        viewers.add(viewer);
        meters.add(new Meter(viewer, viewerLimit));
      }
      for (int i = 0; i < 40; i++) {
        run.stream(SECOND / 40);
        meters.forEach(Meter::sample);
      }
    }
    run.end();
    for (int i = 0; i < 100; i++) {
      swarm.run(SECOND / 20);
      meters.forEach(Meter::sample);
    }

    assertComplete(viewers.get(0), run, 0);
    for (Meter meter : meters) {
      assertThat(meter.most()).isLessThanOrEqualTo(meter.limit * 1.05);
    }
    assertThat(meters.get(0).most()).as("the limit is used").isGreaterThan(sourceLimit * 0.6);
  }

  /** Watches what leaves a host, packet headers included. */
  private final class Meter {
    private final Peer peer;
    private final long limit;
    private final List<long[]> samples = new ArrayList<>();

    Meter(Peer peer, long limit) {
      this.peer = peer;
      this.limit = limit;
      sample();
    }

    void sample() {
      samples.add(new long[] {swarm.now(), peer.host().bytesSent()});
    }

    /** The most bytes in any second, or a little more, between two samples. */
    double most() {
      double most = 0;
      int from = 0;
      for (int to = 0; to < samples.size(); to++) {
        while (samples.get(to)[0] - samples.get(from)[0] >= SECOND) {
          double seconds = (samples.get(to)[0] - samples.get(from)[0]) / 1e6;
          most = Math.max(most, (samples.get(to)[1] - samples.get(from)[1]) / seconds);
          from++;
        }
      }
      return most;
    }
  }
}

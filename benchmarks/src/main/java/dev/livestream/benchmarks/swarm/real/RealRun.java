package dev.livestream.benchmarks.swarm.real;

import dev.livestream.BitRate;
import dev.livestream.Broadcaster;
import dev.livestream.BroadcasterBuilder;
import dev.livestream.Endpoint;
import dev.livestream.benchmarks.swarm.Population;
import dev.livestream.benchmarks.swarm.Progress;
import dev.livestream.benchmarks.swarm.scenario.Scenario;
import dev.livestream.crypto.ChannelKey;
import dev.livestream.wire.StreamParameters;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs a scenario in real time over QUIC on loopback, in this JVM, through the public API.
 *
 * <p>The viewers of the start join first; then the broadcast begins, and the scenario's seconds
 * count from its first byte. At the end everyone reads to the last byte, and what was read is
 * compared with what was written.
 */
public final class RealRun {
  private static final int JOINING_AT_ONCE = 8;
  private static final long TIME_TO_END_SECONDS = 30;

  private final Scenario scenario;
  private final WrittenMedia written;
  private final ProcessMeter meter = new ProcessMeter();
  private final Population population;
  private final List<RealViewer> viewers = new CopyOnWriteArrayList<>();
  private final List<Sample> samples = new ArrayList<>();

  /** A run of a scenario that was read for real time. */
  public RealRun(Scenario scenario) {
    this.scenario = scenario;
    this.written =
        new WrittenMedia(
            new StreamParameters(
                scenario.stream().substreams(),
                scenario.stream().chunkBytes(),
                Integer.highestOneBit(scenario.stream().windowChunks()),
                Math.round(scenario.stream().bitrate())));
    this.population = new Population(scenario, scenario.seed());
  }

  /**
   * Runs it.
   *
   * @throws IOException if a socket cannot be had or a viewer cannot join
   * @throws InterruptedException if the thread is interrupted
   */
  public RealResults run(Progress progress) throws IOException, InterruptedException {
    long heapBefore = ProcessMeter.heapInUse();
    long residentBefore = ProcessMeter.residentBytes();
    ExecutorService threads = Executors.newFixedThreadPool(JOINING_AT_ONCE + 1);
    try (Endpoint endpoint = Endpoint.builder().listen("127.0.0.1:0").open()) {
      byte[] sum;
      RealResults.AtEnd atEnd;
      // Closing it ends the stream, and waits until the viewers have fetched the rest.
      try (Broadcaster broadcaster = broadcaster(endpoint)) {
        long start = gather(broadcaster, threads);
        sample(endpoint, broadcaster);
        Future<byte[]> writing =
            threads.submit(() -> new MediaProgram(scenario, broadcaster, written).write(start));
        watch(start, endpoint, broadcaster, threads, progress);
        sum = result(writing);
        atEnd =
            new RealResults.AtEnd(
                start,
                broadcaster.swarm(),
                viewers.stream().map(RealViewer::swarm).toList(),
                heapBefore,
                ProcessMeter.heapInUse(),
                residentBefore,
                ProcessMeter.residentBytes(),
                meter.threads(),
                meter.loops(),
                meter.load());
      }
      return new RealResults(
          scenario, written, List.copyOf(viewers), samples, atEnd, readToEnd(sum));
    } finally {
      threads.shutdown();
      viewers.parallelStream().forEach(RealViewer::close);
    }
  }

  /** The viewers of the start join; says when the broadcast begins. */
  private long gather(Broadcaster broadcaster, ExecutorService threads)
      throws IOException, InterruptedException {
    List<Future<RealViewer>> joining = new ArrayList<>();
    for (int i = 0; i < scenario.viewers(); i++) {
      joining.add(join(threads, broadcaster, true));
    }
    for (Future<RealViewer> each : joining) {
      result(each);
    }
    return System.nanoTime();
  }

  private int readToEnd(byte[] sum) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIME_TO_END_SECONDS);
    int complete = 0;
    for (RealViewer viewer : viewers) {
      viewer.awaitEnd(until);
      complete += viewer.hasEveryByte(sum) ? 1 : 0;
    }
    return complete;
  }

  private Broadcaster broadcaster(Endpoint endpoint) throws IOException {
    Scenario.Stream stream = scenario.stream();
    BroadcasterBuilder builder =
        Broadcaster.builder(ChannelKey.generate())
            .endpoint(endpoint)
            .title(scenario.name())
            .bitrate(BitRate.ofBits(Math.round(stream.bitrate())))
            .chunkSize(stream.chunkBytes())
            .substreams(stream.substreams())
            .window(Integer.highestOneBit(stream.windowChunks()));
    if (scenario.sourceUplink() > 0) {
      builder.uploadLimit(BitRate.ofBits(Math.round(scenario.sourceUplink())));
    }
    return builder.start();
  }

  private Future<RealViewer> join(
      ExecutorService threads, Broadcaster broadcaster, boolean resident) {
    boolean limited = !scenario.uplinks().isEmpty();
    int uplinkClass = limited ? population.nextUplink() : -1;
    RealViewer.Choices choices =
        new RealViewer.Choices(
            uplinkClass,
            limited
                ? BitRate.ofBits(Math.round(scenario.uplinks().get(uplinkClass).bps()))
                : BitRate.ZERO,
            population.nextLeaf(),
            Duration.ofMillis(scenario.playoutDelayMs()),
            resident);
    return threads.submit(
        () -> {
          RealViewer viewer = RealViewer.join(choices, written, broadcaster.link());
          viewers.add(viewer);
          return viewer;
        });
  }

  /** Takes a sample each second and sends the newcomers in. */
  private void watch(
      long start,
      Endpoint endpoint,
      Broadcaster broadcaster,
      ExecutorService threads,
      Progress progress)
      throws IOException, InterruptedException {
    List<Long> comings = comings();
    List<Future<RealViewer>> late = new ArrayList<>();
    int seconds = (int) Math.ceil(scenario.totalSeconds());
    for (int second = 1; second <= seconds; second++) {
      long until = start + TimeUnit.SECONDS.toNanos(second);
      while (late.size() < comings.size() && start + comings.get(late.size()) - until < 0) {
        sleepUntil(start + comings.get(late.size()));
        late.add(join(threads, broadcaster, false));
      }
      sleepUntil(until);
      sample(endpoint, broadcaster);
      progress.second(
          second,
          seconds,
          viewers.size(),
          viewers.stream().mapToLong(RealViewer::chunksRead).sum());
    }
    for (Future<RealViewer> each : late) {
      result(each);
    }
  }

  private List<Long> comings() {
    List<Long> nanos = new ArrayList<>();
    for (Scenario.Arrival arrival : scenario.arrivals()) {
      for (int i = 0; i < arrival.count(); i++) {
        double at = arrival.atSeconds() + arrival.overSeconds() * i / arrival.count();
        nanos.add((long) (at * 1e9));
      }
    }
    nanos.sort(null);
    return nanos;
  }

  private void sample(Endpoint endpoint, Broadcaster broadcaster) {
    samples.add(Sample.take(written, endpoint, broadcaster, List.copyOf(viewers), meter));
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
  }

  private static <T> T result(Future<T> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    }
  }
}

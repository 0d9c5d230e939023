package dev.livestream.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.spi.CloseReason;
import dev.livestream.spi.Loop;
import dev.livestream.transport.ContractFixture.Endpoint;
import dev.livestream.transport.ContractFixture.Link;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Connections do not disturb each other, and the loop runs everything one after another. */
interface IsolationContract {
  ContractFixture fixture();

  @Test
  default void manyConnectionsBetweenTwoEndpointsKeepTheirFramesApart() {
    Endpoint one = fixture().open();
    Endpoint two = fixture().open();
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      links.add(i % 2 == 0 ? fixture().link(one, two) : fixture().link(two, one));
    }

    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < links.size(); i++) {
        fixture().sendControl(links.get(i), ContractFixture.bytes(i * 100L + round, 300));
        fixture().sendChunk(links.get(i), ContractFixture.bytes(i * 100L + 50 + round, 3_000));
      }
    }
    fixture()
        .await(
            () ->
                links.stream()
                    .allMatch(
                        link ->
                            link.far().controlFrames().size() == 5
                                && link.far().chunkFrames().size() == 5));

    for (int i = 0; i < links.size(); i++) {
      long base = i * 100L;
      assertThat(links.get(i).far().controlFrames())
          .containsExactlyElementsOf(
              IntStream.range(0, 5).mapToObj(r -> ContractFixture.bytes(base + r, 300)).toList());
      assertThat(links.get(i).far().chunkFrames())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 5)
                  .mapToObj(r -> ContractFixture.bytes(base + 50 + r, 3_000))
                  .toList());
    }
    assertThat(one.transport().stats().connections()).isEqualTo(links.size());
    fixture().onLoop(links.get(0).from(), () -> links.get(0).nearEnd().close(CloseReason.DONE));
    fixture().await(links.get(0).far()::isClosed);
    assertThat(links.subList(1, links.size())).noneMatch(link -> link.near().isClosed());
  }

  @Test
  default void theBacklogOfOneConnectionDoesNotBlockAnother() {
    Link busy = fixture().pair();
    Link light = fixture().link(busy.from(), busy.to());
    int backlog = 64;
    List<Integer> backlogThen = new CopyOnWriteArrayList<>();
    light.far().whenChunk(frame -> backlogThen.add(busy.far().chunkFrames().size()));

    fixture()
        .onLoop(
            busy.from(),
            () -> {
              for (int i = 0; i < backlog; i++) {
                busy.nearEnd()
                    .sendChunk(
                        ByteBuffer.wrap(ContractFixture.bytes(i, 64 * 1024)),
                        ContractFixture.NO_DEADLINE);
              }
              light
                  .nearEnd()
                  .sendChunk(
                      ByteBuffer.wrap(ContractFixture.bytes(99, 1_000)),
                      ContractFixture.NO_DEADLINE);
            });
    fixture().await(() -> busy.far().chunkFrames().size() == backlog);
    fixture().await(() -> !backlogThen.isEmpty());

    assertThat(backlogThen.get(0)).isLessThan(backlog);
  }

  @Test
  default void aHandlerThatThrowsLosesItsOwnConnectionOnly() {
    Endpoint from = fixture().open();
    Endpoint to = fixture().open();
    Link good = fixture().link(from, to);
    Link inControl = fixture().link(from, to);
    Link inChunk = fixture().link(from, to);
    Link inEnded = fixture().link(from, to);
    inControl.far().whenControl(frame -> fail());
    inChunk.far().whenChunk(frame -> fail());
    inEnded.near().whenEnded(end -> fail());
    inControl.far().whenClosed(reason -> fail());

    fixture().sendControl(inControl, ContractFixture.bytes(1, 10));
    fixture().sendChunk(inChunk, ContractFixture.bytes(2, 10));
    fixture().sendChunk(inEnded, ContractFixture.bytes(3, 10));
    fixture()
        .await(
            () ->
                List.of(inControl, inChunk, inEnded).stream()
                    .allMatch(link -> link.near().isClosed() && link.far().isClosed()));

    fixture().sendControl(good, ContractFixture.bytes(4, 10));
    fixture().sendChunk(good, ContractFixture.bytes(5, 10));
    fixture()
        .await(
            () -> good.far().controlFrames().size() == 1 && good.far().chunkFrames().size() == 1);
    assertThat(good.near().isClosed()).isFalse();
  }

  @Test
  default void aHandlerThatThrowsWhenOpenedLosesItsOwnConnectionOnly() {
    Endpoint from = fixture().open();
    Endpoint to = fixture().open();
    Link good = fixture().link(from, to);
    RecordingHandler throwing = fixture().handler(from).whenOpened(connection -> fail());

    fixture().connect(from, to.address(), to.id(), throwing);
    fixture().await(throwing::isClosed);

    fixture().sendControl(good, ContractFixture.bytes(1, 10));
    fixture().await(() -> good.far().controlFrames().size() == 1);
  }

  @Test
  default void theLoopRunsTasksInOrderAndOneAtATime() {
    Endpoint endpoint = fixture().open();
    Loop loop = endpoint.transport().loop();
    List<Integer> order = new CopyOnWriteArrayList<>();

    assertThat(loop.inLoop()).isFalse();
    // From within the loop, so that all hundred stand in line before the first runs.
    fixture()
        .onLoop(
            endpoint,
            () -> {
              for (int i = 0; i < 100; i++) {
                int number = i;
                loop.execute(
                    () -> {
                      order.add(loop.inLoop() ? number : -1);
                      if (number == 50) {
                        loop.execute(() -> order.add(100));
                      }
                    });
              }
            });
    fixture().await(() -> order.size() == 101);

    assertThat(order).containsExactlyElementsOf(IntStream.rangeClosed(0, 100).boxed().toList());
  }

  @Test
  default void aTaskThatThrowsDoesNotEndTheLoop() {
    Endpoint endpoint = fixture().open();

    endpoint.transport().loop().execute(IsolationContract::fail);

    assertThat(fixture().onLoop(endpoint, () -> 42)).isEqualTo(42);
  }

  @Test
  default void timersComeInTheirOrderAndNotTooEarly() {
    Endpoint endpoint = fixture().open();
    Loop loop = endpoint.transport().loop();
    List<String> fired = new CopyOnWriteArrayList<>();
    CompletableFuture<Long> waited = new CompletableFuture<>();

    fixture()
        .onLoop(
            endpoint,
            () -> {
              long begin = loop.nowMicros();
              loop.schedule(
                  60_000,
                  () -> {
                    fired.add("late");
                    waited.complete(loop.nowMicros() - begin);
                  });
              loop.schedule(20_000, () -> fired.add("early"));
              loop.schedule(-5, () -> fired.add("soon"));
              Loop.Scheduled cancelled = loop.schedule(30_000, () -> fired.add("cancelled"));
              cancelled.cancel();
              cancelled.cancel();
            });
    fixture().await(waited::isDone);

    assertThat(fired).containsExactly("soon", "early", "late");
    assertThat(waited.join()).isGreaterThanOrEqualTo(60_000);
  }

  @Test
  default void aClosedEndpointTakesTasksWithoutComplaint() {
    Endpoint endpoint = fixture().open();
    Loop loop = endpoint.transport().loop();

    endpoint.transport().close();
    loop.execute(() -> {});
    loop.schedule(1_000, () -> {}).cancel();

    assertThat(endpoint.transport().stats().connections()).isZero();
  }

  private static void fail() {
    throw new IllegalStateException("thrown by a test's handler, on purpose");
  }
}

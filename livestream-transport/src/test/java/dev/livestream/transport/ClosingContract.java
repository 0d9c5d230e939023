package dev.livestream.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.spi.CloseReason;
import dev.livestream.spi.TransportStats;
import dev.livestream.transport.ContractFixture.Endpoint;
import dev.livestream.transport.ContractFixture.Link;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections and endpoints end. */
interface ClosingContract {
  ContractFixture fixture();

  @ParameterizedTest
  @EnumSource(
      value = CloseReason.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LOST", "UNREACHABLE", "WRONG_PEER"})
  default void theReasonTravelsAndBothSidesCloseOnce(CloseReason reason) {
    Link link = fixture().pair();

    fixture().onLoop(link.from(), () -> link.nearEnd().close(reason));
    fixture().await(() -> link.near().isClosed() && link.far().isClosed());

    assertThat(link.near().closeReasons()).containsExactly(reason);
    assertThat(link.far().closeReasons()).containsExactly(reason);
    fixture().await(() -> link.from().transport().stats().connections() == 0);
    fixture().await(() -> link.to().transport().stats().connections() == 0);
  }

  @Test
  default void theSideThatWasConnectedToMayCloseToo() {
    Link link = fixture().pair();

    fixture().onLoop(link.to(), () -> link.farEnd().close(CloseReason.UNKNOWN_STREAM));
    fixture().await(() -> link.near().isClosed() && link.far().isClosed());

    assertThat(link.near().closeReasons()).containsExactly(CloseReason.UNKNOWN_STREAM);
  }

  @Test
  default void closingAgainChangesNothing() {
    Link link = fixture().pair();

    fixture()
        .onLoop(
            link.from(),
            () -> {
              link.nearEnd().close(CloseReason.LEAVING);
              link.nearEnd().close(CloseReason.FORGERY);
            });
    fixture().await(() -> link.near().isClosed() && link.far().isClosed());
    fixture().onLoop(link.from(), () -> link.nearEnd().close(CloseReason.FORGERY));
    fixture().onLoop(link.to(), () -> link.farEnd().close(CloseReason.FORGERY));

    assertThat(link.near().closeReasons()).containsExactly(CloseReason.LEAVING);
    assertThat(link.far().closeReasons()).containsExactly(CloseReason.LEAVING);
  }

  @Test
  default void whatWasSaidBeforeClosingIsStillHeard() {
    Link link = fixture().pair();
    List<byte[]> last = List.of(ContractFixture.bytes(1, 700), ContractFixture.bytes(2, 900));

    fixture()
        .onLoop(
            link.from(),
            () -> {
              last.forEach(frame -> link.nearEnd().sendControl(ByteBuffer.wrap(frame)));
              link.nearEnd().close(CloseReason.LEAVING);
            });
    fixture().await(link.far()::isClosed);

    assertThat(link.far().controlFrames()).containsExactlyElementsOf(last);
    assertThat(link.far().closeReasons()).containsExactly(CloseReason.LEAVING);
  }

  @Test
  default void aClosedConnectionDoesNothing() {
    Link link = fixture().pair();
    fixture().onLoop(link.from(), () -> link.nearEnd().close(CloseReason.DONE));
    fixture().await(() -> link.near().isClosed() && link.far().isClosed());

    for (Endpoint side : List.of(link.from(), link.to())) {
      RecordingHandler handler = side == link.from() ? link.near() : link.far();
      fixture()
          .onLoop(
              side,
              () -> {
                handler.connection().sendControl(ByteBuffer.allocate(10));
                long transfer =
                    handler
                        .connection()
                        .sendChunk(ByteBuffer.allocate(10), ContractFixture.NO_DEADLINE);
                handler.connection().cancel(transfer);
                handler.connection().close(CloseReason.BUSY);
                assertThat(handler.connection().stats().queuedBytes()).isNotNegative();
                assertThat(handler.connection().remoteId()).isNotNull();
                assertThat(handler.connection().remoteAddress()).isNotNull();
              });
    }

    // A working connection afterwards shows that nothing is still on its way.
    Link next = fixture().link(link.from(), link.to());
    fixture().sendControl(next, ContractFixture.bytes(1, 10));
    fixture().await(() -> next.far().controlFrames().size() == 1);
    assertThat(link.near().ended()).isEmpty();
    assertThat(link.far().controlFrames()).isEmpty();
    assertThat(link.far().chunkFrames()).isEmpty();
  }

  @Test
  default void transfersUnderWayDieWithTheConnection() {
    Link link = fixture().pair();

    fixture()
        .onLoop(
            link.from(),
            () -> {
              for (int i = 0; i < 50; i++) {
                link.nearEnd()
                    .sendChunk(
                        ByteBuffer.wrap(ContractFixture.bytes(i, 32 * 1024)),
                        ContractFixture.NO_DEADLINE);
              }
            });
    fixture().onLoop(link.to(), () -> link.farEnd().close(CloseReason.BUSY));
    fixture().await(() -> link.near().isClosed() && link.far().isClosed());

    assertThat(link.near().closeReasons()).containsExactly(CloseReason.BUSY);
    assertThat(link.near().ended()).hasSizeLessThanOrEqualTo(50).doesNotHaveDuplicates();
    assertThat(link.far().chunkFrames()).allMatch(frame -> frame.length == 32 * 1024);
  }

  @Test
  default void aHandlerMayCloseFromWithinAnyCallback() {
    Endpoint from = fixture().open();
    Endpoint to = fixture().open();
    RecordingHandler near =
        fixture().handler(from).whenOpened(connection -> connection.close(CloseReason.VERSION));

    fixture().connect(from, to.address(), to.id(), near);
    fixture().await(near::isClosed);
    Link link = fixture().pair();
    link.far().whenControl(frame -> link.farEnd().close(CloseReason.FORGERY));
    link.near().whenClosed(reason -> link.nearEnd().close(CloseReason.DONE));
    fixture().sendControl(link, ContractFixture.bytes(1, 10));
    fixture().await(() -> link.near().isClosed() && link.far().isClosed());

    assertThat(near.closeReasons()).containsExactly(CloseReason.VERSION);
    assertThat(link.near().closeReasons()).containsExactly(CloseReason.FORGERY);
    assertThat(link.far().closeReasons()).containsExactly(CloseReason.FORGERY);
  }

  @Test
  default void closingAnEndpointClosesItsConnectionsOnBothSides() {
    Endpoint to = fixture().open();
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      links.add(fixture().link(fixture().open(), to));
    }

    to.transport().close();

    assertThat(links).allMatch(link -> link.far().isClosed());
    fixture().await(() -> links.stream().allMatch(link -> link.near().isClosed()));
    assertThat(links)
        .allSatisfy(
            link -> assertThat(link.near().closeReasons()).containsExactly(CloseReason.LEAVING));
    assertThat(to.transport().stats().connections()).isZero();
  }

  @Test
  default void anEndpointMayBeClosedTwiceAndFromSeveralThreads() {
    Link link = fixture().pair();

    List<CompletableFuture<Void>> closers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      closers.add(CompletableFuture.runAsync(link.from().transport()::close));
    }
    closers.forEach(CompletableFuture::join);
    link.from().transport().close();

    assertThat(link.near().closeReasons()).hasSize(1);
    fixture().await(link.far()::isClosed);
    assertThat(link.far().closeReasons()).hasSize(1);
  }

  @Test
  default void aConnectionBeingOpenedEndsWithItsEndpoint() {
    Endpoint from = fixture().open();
    RecordingHandler near = fixture().handler(from);

    fixture().connect(from, fixture().nobody(), null, near);
    from.transport().close();

    assertThat(near.closeReasons()).hasSize(1);
    assertThat(near.isOpened()).isFalse();
  }

  @Test
  default void aConnectionWithNothingToSayStaysOpen() {
    Duration idle = Duration.ofSeconds(2);
    Endpoint from = fixture().open(ContractLimits.silence(Duration.ofMillis(200), idle));
    Endpoint to = fixture().open(ContractLimits.silence(Duration.ofMillis(200), idle));
    Link link = fixture().link(from, to);
    List<Long> later = new CopyOnWriteArrayList<>();

    fixture()
        .onLoop(
            from,
            () -> {
              from.transport().loop().schedule(2 * idle.toNanos() / 1_000, () -> later.add(1L));
            });
    fixture().await(() -> !later.isEmpty());

    assertThat(link.near().isClosed()).isFalse();
    assertThat(link.far().isClosed()).isFalse();
    fixture().sendControl(link, ContractFixture.bytes(1, 10));
    fixture().await(() -> link.far().controlFrames().size() == 1);
  }

  @Test
  default void whatPassesThroughTheSocketIsCounted() {
    Link link = fixture().pair();
    TransportStats sentBefore = link.from().transport().stats();
    TransportStats receivedBefore = link.to().transport().stats();
    int bytes = 40 * 10_000;

    for (int i = 0; i < 40; i++) {
      fixture().sendChunk(link, ContractFixture.bytes(i, 10_000));
    }
    fixture().await(() -> link.far().chunkFrames().size() == 40);

    TransportStats sent = link.from().transport().stats();
    TransportStats received = link.to().transport().stats();
    assertThat(sent.bytesSent() - sentBefore.bytesSent()).isBetween((long) bytes, 2L * bytes);
    assertThat(received.bytesReceived() - receivedBefore.bytesReceived())
        .isBetween((long) bytes, 2L * bytes);
    assertThat(sent.datagramsSent()).isGreaterThan(sentBefore.datagramsSent());
    assertThat(received.datagramsReceived()).isGreaterThan(receivedBefore.datagramsReceived());
    assertThat(sent.connections()).isEqualTo(1);
    assertThat(received.connections()).isEqualTo(1);
  }
}

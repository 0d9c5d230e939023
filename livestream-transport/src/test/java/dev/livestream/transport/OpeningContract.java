package dev.livestream.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livestream.spi.CloseReason;
import dev.livestream.spi.TransportConfig.Limits;
import dev.livestream.transport.ContractFixture.Endpoint;
import dev.livestream.transport.ContractFixture.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Binding an address, connecting, and who is let in. */
interface OpeningContract {
  ContractFixture fixture();

  @Test
  default void anEndpointKnowsItsIdAndTheRealPort() {
    Endpoint endpoint = fixture().open();

    assertThat(endpoint.address().port()).isPositive();
    assertThat(endpoint.address().host()).isNotEmpty();
    assertThat(endpoint.transport().stats().connections()).isZero();
  }

  @Test
  default void anAddressInUseIsRefusedWithASentence() {
    Endpoint first = fixture().open();

    assertThatThrownBy(() -> fixture().openAt(first.address(), Limits.DEFAULT))
        .isInstanceOf(IOException.class)
        .message()
        .contains(String.valueOf(first.address().port()))
        .hasSizeGreaterThan(10);
  }

  @Test
  default void theAddressIsFreeAgainAfterClose() throws IOException {
    Endpoint first = fixture().open();
    first.transport().close();

    Endpoint second = fixture().openAt(first.address(), Limits.DEFAULT);

    assertThat(second.address()).isEqualTo(first.address());
    assertThat(fixture().link(fixture().open(), second).nearEnd().remoteId())
        .isEqualTo(second.id());
  }

  @Test
  default void bothSidesProveWhoTheyAre() {
    Link link = fixture().pair();

    assertThat(link.nearEnd().remoteId()).isEqualTo(link.to().id());
    assertThat(link.farEnd().remoteId()).isEqualTo(link.from().id());
    assertThat(link.from().id()).isNotEqualTo(link.to().id());
  }

  @Test
  default void bothSidesKnowWhoOpenedAndWhereTheOtherIs() {
    Link link = fixture().pair();

    assertThat(link.nearEnd().outgoing()).isTrue();
    assertThat(link.farEnd().outgoing()).isFalse();
    assertThat(link.nearEnd().remoteAddress()).isEqualTo(link.to().address());
    assertThat(link.farEnd().remoteAddress())
        .as("one socket listens and connects")
        .isEqualTo(link.from().address());
  }

  @Test
  default void whoeverAnswersIsTakenIfNobodyIsExpected() {
    Endpoint from = fixture().open();
    Endpoint to = fixture().open();

    RecordingHandler near = fixture().connect(from, to.address(), null);
    fixture().await(near::isOpened);

    assertThat(near.connection().remoteId()).isEqualTo(to.id());
  }

  @Test
  default void someoneElseThanExpectedIsNeverOpened() {
    Endpoint from = fixture().open();
    Endpoint to = fixture().open();
    Endpoint other = fixture().open();

    RecordingHandler near = fixture().connect(from, to.address(), other.id());
    fixture().await(near::isClosed);

    assertThat(near.closeReasons()).containsExactly(CloseReason.WRONG_PEER);
    assertThat(near.isOpened()).isFalse();
    // A later connection that works shows that the first has been dealt with on the other side too.
    fixture().link(from, to);
    assertThat(to.acceptedAndOpened()).hasSize(1);
  }

  @Test
  default void anAddressWhereNobodyListensIsUnreachable() {
    Endpoint from = fixture().open();

    RecordingHandler near = fixture().connect(from, fixture().nobody(), null);
    fixture().await(near::isClosed);

    assertThat(near.closeReasons()).containsExactly(CloseReason.UNREACHABLE);
    assertThat(near.isOpened()).isFalse();
  }

  @Test
  default void twoEndpointsMayConnectToEachOtherAtTheSameTime() {
    Endpoint one = fixture().open();
    Endpoint two = fixture().open();

    RecordingHandler fromOne = fixture().connect(one, two.address(), two.id());
    RecordingHandler fromTwo = fixture().connect(two, one.address(), one.id());
    fixture().await(() -> fromOne.isOpened() && fromTwo.isOpened());
    fixture()
        .await(() -> one.acceptedAndOpened().size() == 1 && two.acceptedAndOpened().size() == 1);

    assertThat(one.transport().stats().connections()).isEqualTo(2);
    assertThat(two.transport().stats().connections()).isEqualTo(2);
  }

  @Test
  default void framesMayBeSentFromWithinOpened() {
    Endpoint from = fixture().open();
    Endpoint to = fixture().open();
    byte[] greeting = ContractFixture.bytes(1, 100);
    byte[] answer = ContractFixture.bytes(2, 100);
    to.onIncoming(
        handler ->
            handler.whenOpened(connection -> connection.sendControl(ByteBuffer.wrap(answer))));
    RecordingHandler near =
        fixture()
            .handler(from)
            .whenOpened(connection -> connection.sendControl(ByteBuffer.wrap(greeting)));

    fixture().connect(from, to.address(), to.id(), near);
    fixture().await(() -> near.controlFrames().size() == 1);
    fixture().await(() -> to.accepted().get(0).controlFrames().size() == 1);

    assertThat(near.controlFrames()).containsExactly(answer);
    assertThat(to.accepted().get(0).controlFrames()).containsExactly(greeting);
  }

  @Test
  default void oneConnectionTooManyIsRefusedAndTheOthersGoOn() {
    Endpoint to = fixture().open(ContractLimits.connections(2));
    List<Link> links = new ArrayList<>();
    links.add(fixture().link(fixture().open(), to));
    links.add(fixture().link(fixture().open(), to));
    Endpoint late = fixture().open();

    RecordingHandler refused = fixture().connect(late, to.address(), to.id());
    fixture().await(refused::isClosed);

    assertThat(refused.closeReasons().get(0)).isIn(CloseReason.BUSY, CloseReason.UNREACHABLE);
    assertThat(to.acceptedAndOpened()).hasSize(2);
    for (Link link : links) {
      fixture().sendControl(link, ContractFixture.bytes(3, 50));
      fixture().await(() -> link.far().controlFrames().size() == 1);
    }
  }

  @Test
  default void aClosedConnectionMakesRoomForAnother() {
    Endpoint to = fixture().open(ContractLimits.connections(1));
    Link first = fixture().link(fixture().open(), to);

    fixture().onLoop(first.from(), () -> first.nearEnd().close(CloseReason.DONE));
    fixture().await(first.far()::isClosed);

    Link second = fixture().link(fixture().open(), to);
    assertThat(second.farEnd().remoteId()).isEqualTo(second.from().id());
  }
}

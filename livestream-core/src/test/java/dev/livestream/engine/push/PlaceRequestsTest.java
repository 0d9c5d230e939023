package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.Message.Attach.Need;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.RedirectReason;
import dev.livestream.wire.Role;
import dev.livestream.wire.WireLimits;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever has no place tells others that one is wanted; whoever has one calls the seeker. */
class PlaceRequestsTest {
  private static final int SUBSTREAM = 1;
  private static final int PLACES = 8;
  private static final int HOPS = 6;

  private final Grove grove = Grove.of(Role.VIEWER, PLACES);
  private final Peer parent = grove.parent(SUBSTREAM, 1);

  private static Message.Attach ask(Need need) {
    return new Message.Attach(SUBSTREAM, 0, false, need);
  }

  private Peer alive(Peer peer) {
    peer.heard(grove.now);
    return peer;
  }

  private List<Peer> fill() {
    return grove.children(SUBSTREAM, new int[PLACES]);
  }

  private void reportsRoom(Peer child, int places) {
    Child served = grove.substream(SUBSTREAM).child(alive(child));
    assertThat(served).isNotNull();
    served.reports(places, List.of(), 3);
  }

  private Peer neighbourWith(int free) {
    Peer neighbour = alive(grove.scene.neighbour());
    int[] levels = new int[Scene.SUBSTREAMS];
    Arrays.fill(levels, 2);
    neighbour.places(new Message.Places(free, -1, 0, levels), grove.now);
    return neighbour;
  }

  /** Lets somebody ask, and gives what is said to everybody then. */
  private List<Output> asked(Peer asker, Need need) {
    grove.requests.asked(asker, ask(need), grove.now);
    return grove.scene.outputs();
  }

  private static boolean isCalled(PeerRecord peer, List<Output> outputs) {
    return outputs.stream()
        .anyMatch(output -> output instanceof Output.Connect c && peer.id().equals(c.expected()));
  }

  private boolean isCalled(PeerRecord seeker) {
    grove.requests.heard(parent, new Message.Wanted(ask(Need.LOOKING), seeker, HOPS), grove.now);
    return isCalled(seeker, grove.scene.outputs());
  }

  private Message onlyOneTold(Peer peer, List<Output> outputs) {
    List<Message> told = Scene.saidTo(peer.id(), outputs);
    assertThat(told).hasSize(1);
    return told.get(0);
  }

  private void assertRefused(Need need) {
    Peer asker = grove.scene.viewer();
    assertThat(onlyOneTold(asker, asked(asker, need)))
        .isInstanceOfSatisfying(
            Message.Redirect.class,
            refused -> assertThat(refused.reason()).isEqualTo(RedirectReason.FULL));
  }

  @Test
  void aSeekerThatFindsNoPlaceIsMadeKnownToAChildWithRoomBelow() {
    List<Peer> children = fill();
    reportsRoom(children.get(3), 2);
    neighbourWith(1);
    Peer asker = alive(grove.scene.viewer());

    List<Output> said = asked(asker, Need.LOOKING);

    assertThat(onlyOneTold(children.get(3), said))
        .isEqualTo(new Message.Wanted(ask(Need.LOOKING), asker.record(), HOPS - 1));
    assertThat(onlyOneTold(asker, said))
        .isEqualTo(new Message.Redirect(SUBSTREAM, RedirectReason.PASSED_ON, List.of()));
  }

  @Test
  void elseToANeighbourThatHasRoomAndElseToTheParent() {
    fill();
    Peer neighbour = neighbourWith(1);
    neighbourWith(0);
    assertThat(Scene.saidTo(neighbour.id(), asked(grove.scene.viewer(), Need.LOOKING))).hasSize(1);

    neighbour.places(null, grove.now);
    alive(parent);
    assertThat(Scene.saidTo(parent.id(), asked(grove.scene.viewer(), Need.LOOKING))).hasSize(1);
  }

  @Test
  void whoMayBeDeadIsNotTold() {
    List<Peer> children = fill();
    reportsRoom(children.get(0), 2);
    children.get(0).pinged(grove.now);

    assertRefused(Need.LOOKING);
  }

  @Test
  void theSourceIsNeverToldOfASeeker() {
    Grove belowSource = Grove.of(Role.VIEWER, PLACES);
    Peer source = belowSource.sourceAsParent(SUBSTREAM);
    source.heard(belowSource.now);
    belowSource.children(SUBSTREAM, new int[PLACES]);

    belowSource.requests.asked(belowSource.scene.viewer(), ask(Need.LOOKING), belowSource.now);

    assertThat(belowSource.scene.saidTo(source)).isEmpty();
  }

  @Test
  void whoOnlyWantsABetterParentIsRefused() {
    reportsRoom(fill().get(0), 2);

    assertRefused(Need.MOVING);
  }

  @Test
  void aSeekerIsMadeKnownOnlySoManyHopsAway() {
    Peer child = fill().get(0);
    reportsRoom(child, 2);
    PeerRecord seeker = grove.scene.stranger();

    grove.requests.heard(parent, new Message.Wanted(ask(Need.LOOKING), seeker, 1), grove.now);
    assertThat(grove.scene.saidTo(child))
        .containsExactly(new Message.Wanted(ask(Need.LOOKING), seeker, 0));

    grove.requests.heard(parent, new Message.Wanted(ask(Need.LOOKING), seeker, 0), grove.now);
    assertThat(grove.scene.saidTo(child)).isEmpty();
  }

  @Test
  void whoeverHasAPlaceCallsTheSeekerAndGivesItThePlaceWhenItAnswers() {
    Peer seeker = grove.scene.viewer();
    PeerRecord record = seeker.record();
    grove.scene.book.remove(seeker.id());
    assertThat(record).isNotNull();
    assertThat(isCalled(record)).isTrue();

    grove.scene.book.add(seeker);
    grove.requests.greeted(seeker, grove.now + 200_000);

    assertThat(grove.scene.saidTo(seeker)).singleElement().isInstanceOf(Message.Attached.class);
  }

  @Test
  void whoeverIsConnectedGetsThePlaceAtOnce() {
    Peer seeker = grove.scene.viewer();
    PeerRecord record = seeker.record();
    assertThat(record).isNotNull();
    Peer from = alive(grove.scene.neighbour());

    grove.requests.heard(from, new Message.Wanted(ask(Need.LOOKING), record, 1), grove.now);

    assertThat(grove.scene.saidTo(seeker)).singleElement().isInstanceOf(Message.Attached.class);
  }

  @Test
  void fewGiveWayOnTheWordOfAnother() {
    Grove wide = Grove.of(Role.VIEWER, 60);
    Peer teller = wide.parent(SUBSTREAM, 1);
    wide.children(SUBSTREAM, new int[60]);
    Message.Attach strong = new Message.Attach(SUBSTREAM, WireLimits.SLOTS, true);
    int displaced = 0;
    for (int i = 0; i < 60; i++) {
      PeerRecord record = wide.scene.viewer().record();
      assertThat(record).isNotNull();
      wide.requests.heard(teller, new Message.Wanted(strong, record, HOPS), wide.now);
      displaced +=
          (int)
              wide.scene.outputs().stream()
                  .filter(Output.Send.class::isInstance)
                  .flatMap(output -> ((Output.Send) output).messages().stream())
                  .filter(
                      said ->
                          said instanceof Message.Redirect r
                              && r.reason() == RedirectReason.DISPLACED)
                  .count();
    }

    assertThat(displaced).isBetween(1, 16);
  }

  @Test
  void thePlaceIsKeptForTheSeekerForAMoment() {
    grove.children(SUBSTREAM, new int[PLACES - 1]);
    assertThat(isCalled(grove.scene.stranger())).isTrue();
    Peer other = grove.scene.viewer();
    assertThat(onlyOneTold(other, asked(other, Need.LOOKING))).isInstanceOf(Message.Redirect.class);

    grove.now += 700_000;
    grove.places.tick(grove.now);
    assertThat(onlyOneTold(other, asked(other, Need.LOOKING))).isInstanceOf(Message.Attached.class);
  }

  @Test
  void whoInventsSeekersGetsFewStrangersCalled() {
    int called = 0;
    for (int i = 0; i < 100; i++) {
      called += isCalled(grove.scene.stranger()) ? 1 : 0;
      grove.now += Scene.SECOND / 25;
      grove.places.tick(grove.now);
    }

    assertThat(called).as("in four seconds").isBetween(1, 32);
  }

  @Test
  void whoIsToldThatOthersKnowTakesAPlaceThatIsOffered() {
    Peer asked = alive(grove.scene.viewer());
    grove.trees.tick(new Grove.Quiet(), grove.now);
    int substream =
        grove.scene.saidTo(asked).stream()
            .filter(Message.Attach.class::isInstance)
            .mapToInt(said -> ((Message.Attach) said).substream())
            .findFirst()
            .orElseThrow();
    Peer offering = alive(grove.scene.viewer());
    long[] path = {Grove.SOURCE, offering.id().shortId()};
    Message offer = new Message.Attached(substream, path, List.of(), null);

    grove.trees.said(offering, offer, grove.now);
    assertThat(grove.substream(substream).parent()).as("nobody has said so yet").isNull();

    Message passedOn = new Message.Redirect(substream, RedirectReason.PASSED_ON, List.of());
    grove.trees.said(asked, passedOn, grove.now);
    grove.trees.said(offering, offer, grove.now);
    assertThat(grove.substream(substream).parent()).isSameAs(offering);
  }
}

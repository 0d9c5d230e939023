package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.RedirectReason;
import dev.livestream.wire.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A source serves every substream, and none more than its share. */
class SourcePlacesTest {
  private static Grove source(int places) {
    return Grove.of(Role.SOURCE, places);
  }

  private static List<Message> ask(Grove grove, int substream) {
    Peer asker = grove.scene.viewer();
    grove.requests.asked(asker, new Message.Attach(substream, 1, false), grove.now);
    return grove.scene.saidTo(asker);
  }

  @Test
  void howeverManyAskForOneSubstreamTheOthersKeepTheirShare() {
    Grove grove = source(16);
    for (int i = 0; i < 20; i++) {
      ask(grove, 0);
    }
    assertThat(grove.substream(0).places()).isEqualTo(2);
    for (int substream = 1; substream < Scene.SUBSTREAMS; substream++) {
      assertThat(ask(grove, substream)).singleElement().isInstanceOf(Message.Attached.class);
    }
  }

  @Test
  void whatIsLeftOverGoesToWhoeverComesFirstButOneOnlyToASubstream() {
    Grove grove = source(10);
    for (int i = 0; i < 5; i++) {
      ask(grove, 0);
      ask(grove, 1);
      ask(grove, 2);
    }
    assertThat(grove.substream(0).places()).isEqualTo(2);
    assertThat(grove.substream(1).places()).isEqualTo(2);
    assertThat(grove.substream(2).places()).isEqualTo(1);
  }

  @Test
  void aSubstreamWithMoreThanItsShareGivesAPlaceToOneWithLess() {
    Grove grove = source(8);
    List<Peer> served = grove.children(0, 9, 3);
    for (int substream = 2; substream < Scene.SUBSTREAMS; substream++) {
      grove.children(substream, 1);
    }
    Peer asker = grove.scene.viewer();

    grove.requests.asked(asker, new Message.Attach(1, 0, false), grove.now);

    List<Output> outputs = grove.scene.outputs();
    assertThat(Scene.saidTo(asker.id(), outputs))
        .singleElement()
        .isInstanceOf(Message.Attached.class);
    assertThat(Scene.saidTo(served.get(1).id(), outputs))
        .as("the weaker gives way")
        .singleElement()
        .isEqualTo(new Message.Redirect(0, RedirectReason.DISPLACED, List.of()));
    assertThat(Scene.saidTo(served.get(0).id(), outputs)).isEmpty();
  }

  @Test
  void theLastChildOfASubstreamIsNeverShed() {
    Grove grove = source(4);
    List<Peer> two = grove.children(0, 9, 3);
    for (int substream = 1; substream < Scene.SUBSTREAMS; substream++) {
      grove.children(substream, 1);
    }

    grove.places.tick(grove.now);

    List<Output> outputs = grove.scene.outputs();
    assertThat(outputs).as("nine children, four places").hasSize(1);
    assertThat(Scene.saidTo(two.get(1).id(), outputs))
        .singleElement()
        .isEqualTo(new Message.Redirect(0, RedirectReason.OVERLOADED, List.of()));
  }

  @Test
  void allCopiesOfAChunkLeaveBeforeWhatIsNewer() {
    Grove grove = source(16);
    List<Peer> children = grove.children(0, 9, 3);
    Peer other = grove.children(1, 1).get(0);
    long expires = grove.now + 5 * Scene.SECOND;

    grove.trees.forward(grove.scene.chunk(0), null, expires, grove.now);
    grove.trees.forward(grove.scene.chunk(1), null, expires, grove.now + 20_000);

    assertThat(grove.scene.sendAll(grove.now + 20_000))
        .extracting(Output.SendChunk::peer)
        .containsExactly(children.get(0).id(), children.get(1).id(), other.id());
  }

  @Test
  void aSecondCopyIsGivenUpBeforeItHoldsUpWhatIsNewer() {
    Grove grove = source(16);
    grove.children(0, 9, 3);
    long expires = grove.now + 5 * Scene.SECOND;

    grove.trees.forward(grove.scene.chunk(0), null, expires, grove.now);

    assertThat(grove.scene.sendAll(grove.now + 3 * Scene.SECOND)).hasSize(1);
  }
}

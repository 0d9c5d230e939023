package dev.livestream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.livestream.wire.proto.ControlFrame;
import dev.livestream.wire.proto.ControlMessage;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {
  // What protobuf remembers of an object once it was encoded.
  private static final String MEMOS = ".*memoized\\w+";

  static Stream<Message> messages() {
    return WireSamples.messages().stream();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageComesBackAsItWent(Message message) throws WireException {
    List<Message> decoded = MessageCodec.decode(MessageCodec.encode(List.of(message)));
    assertThat(decoded)
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(MEMOS)
        .isEqualTo(List.of(message));
  }

  @Test
  void messagesOfAFrameKeepTheirOrder() throws WireException {
    List<Message> messages = WireSamples.messages();
    ByteBuffer frame = MessageCodec.encode(messages);
    assertThat(frame.remaining()).isEqualTo(MessageCodec.encodedBytes(messages));
    assertThat(MessageCodec.decode(frame))
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(MEMOS)
        .isEqualTo(messages);
  }

  @Test
  void aMessageOfAKindNotKnownIsSkipped() throws WireException {
    ControlFrame frame =
        ControlFrame.newBuilder()
            .addMessages(
                ControlMessage.newBuilder()
                    .setUnknownFields(
                        UnknownFieldSet.newBuilder()
                            .addField(
                                900,
                                UnknownFieldSet.Field.newBuilder()
                                    .addLengthDelimited(ByteString.copyFromUtf8("later"))
                                    .build())
                            .build()))
            .addMessages(
                ControlMessage.newBuilder()
                    .setPing(dev.livestream.wire.proto.Ping.newBuilder().setNonce(5)))
            .build();
    assertThat(MessageCodec.decode(ByteBuffer.wrap(frame.toByteArray())))
        .containsExactly(new Message.Ping(5));
  }

  @Test
  void whatIsTooMuchIsRefused() {
    List<PeerRecord> records = Collections.nCopies(17, WireSamples.record(3));
    refused(new Message.Shuffle(records, false), "peer records");
    refused(new Message.Request(1, new long[257]), "sequence numbers");
    refused(new Message.Have(1, 0, new byte[513], 0, 0, 0, 0, false), "have-map");
    refused(new Message.PathUpdate(0, new long[33]), "path");
    refused(new Message.Supply(new int[65]), "supply");
    refused(new Message.Detach(64), "substream");
    refused(new Message.Request(-1, new long[0]), "number");
    refused(new Message.Request(1, new long[] {Long.MAX_VALUE}), "number");
    refused(new Message.Supply(new int[] {-1}), "supply");
    refused(new Message.Places(1, 0, 0, new int[65]), "levels");
    refused(new Message.Places(1, 0, 0, new int[] {-1}), "level");
    refused(new Message.Places(1, 0, 0, new int[] {33}), "level");
    refused(new Message.Places(1, 0, 0, new int[2], 1L << 51, new int[2], 0), "moment");
    refused(new Message.Places(1, 0, 0, new int[2], 1, new int[3], 0), "delays");
    refused(new Message.Places(1, 0, 0, new int[2], 1, new int[] {0, -1}, 0), "delay");
    refused(new Message.Places(1, 0, 0, new int[2], 1, new int[2], -1), "delay");
    refused(new Message.Attached(1, new long[0], List.of(), null, -1), "number");
    refused(new Message.Detach(1, -1), "number");
    refused(new Message.Attach(0, -1, true), "slots");
  }

  private static void refused(Message message, String why) {
    assertThatThrownBy(() -> MessageCodec.decode(MessageCodec.encode(List.of(message))))
        .isInstanceOf(WireException.class)
        .hasMessageContaining(why);
  }

  @Test
  void tooManyMessagesAreRefused() {
    List<Message> many = Collections.nCopies(257, new Message.Detach(1));
    assertThatThrownBy(() -> MessageCodec.decode(MessageCodec.encode(many)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("257 messages");
  }

  @Test
  void anOversizedFrameIsRefusedUnread() {
    ByteBuffer frame = ByteBuffer.allocate(WireLimits.CONTROL_FRAME_BYTES + 1);
    assertThatThrownBy(() -> MessageCodec.decode(frame))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("65537 bytes");
  }

  @Test
  void anOversizedFrameIsNotMade() {
    List<Message> messages =
        Collections.nCopies(200, new Message.Have(1, 0, new byte[512], 0, 0, 0, 0, false));
    assertThatThrownBy(() -> MessageCodec.encode(messages))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("control frame");
  }

  @Test
  void aClaimOfMoreSlotsThanThereCanBeIsCutDown() throws WireException {
    assertThat(
            MessageCodec.decode(
                MessageCodec.encode(List.of(new Message.Attach(1, Integer.MAX_VALUE, false)))))
        .containsExactly(new Message.Attach(1, WireLimits.SLOTS, false));
  }
}

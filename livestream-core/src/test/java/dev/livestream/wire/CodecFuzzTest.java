package dev.livestream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes, a codec either refuses them with {@link WireException}, or gives values
 * within the limits that encode to what decodes to the same again.
 *
 * <p>In a normal build these run over good frames and a few hundred changed ones. With {@code
 * JAZZER_FUZZ=1} in the environment they search for more.
 */
class CodecFuzzTest {
  @MethodSource("controlFrames")
  @FuzzTest(maxDuration = "2m")
  void controlFrame(byte[] bytes) {
    try {
      List<Message> messages = MessageCodec.decode(ByteBuffer.wrap(bytes));
      assertThat(messages).hasSizeLessThanOrEqualTo(WireLimits.MESSAGES_PER_FRAME);
      messages.forEach(WithinLimits::check);
      ByteBuffer again = MessageCodec.encode(messages);
      assertThat(again.remaining()).isEqualTo(MessageCodec.encodedBytes(messages));
      assertThat(MessageCodec.encode(MessageCodec.decode(again.duplicate()))).isEqualTo(again);
    } catch (WireException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  static Stream<byte[]> controlFrames() {
    return WireSamples.messages().stream()
        .map(message -> MessageCodec.encode(List.of(message)).array())
        .flatMap(frame -> Mutations.of(frame, 20, frame.length));
  }

  @MethodSource("chunkFrames")
  @FuzzTest(maxDuration = "2m")
  void chunkFrame(byte[] bytes) {
    try {
      Chunk chunk = ChunkCodec.decode(ByteBuffer.wrap(bytes.clone()));
      assertThat(chunk.frameBytes())
          .isEqualTo(bytes.length)
          .isLessThanOrEqualTo(WireLimits.CHUNK_FRAME_BYTES);
      assertThat(chunk.payloadBytes()).isLessThanOrEqualTo(WireLimits.CHUNK_PAYLOAD_BYTES);
      assertThat(chunk.payload().remaining()).isEqualTo(chunk.payloadBytes());
      assertThat(chunk.frame()).isEqualTo(ByteBuffer.wrap(bytes));
      Chunk again = ChunkCodec.encode(chunk.meta(), chunk.proof(), chunk.payload());
      Chunk decoded = ChunkCodec.decode(again.frame());
      assertThat(decoded.meta()).isEqualTo(chunk.meta());
      assertThat(decoded.proof()).isEqualTo(chunk.proof());
      assertThat(decoded.payload()).isEqualTo(chunk.payload());
    } catch (WireException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  static Stream<byte[]> chunkFrames() {
    return Stream.of(
            WireSamples.chunk(0, 1),
            WireSamples.chunk(300, 5),
            WireSamples.chunk(WireLimits.CHUNK_PAYLOAD_BYTES, 1))
        .map(chunk -> bytes(chunk.frame()))
        .flatMap(frame -> Mutations.of(frame, frame.length > 1_000 ? 20 : 200, frame.length));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}

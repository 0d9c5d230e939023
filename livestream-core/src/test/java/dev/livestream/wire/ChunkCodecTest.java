package dev.livestream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkCodecTest {
  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "4096,1", "4096,8", "65536,64"})
  void aChunkComesBackAsItWent(int length, int batch) throws WireException {
    Chunk chunk = WireSamples.chunk(length, batch);
    Chunk decoded = ChunkCodec.decode(chunk.frame());
    assertThat(decoded.meta()).isEqualTo(chunk.meta());
    assertThat(decoded.proof()).isEqualTo(chunk.proof());
    assertThat(decoded.payload()).isEqualTo(chunk.payload());
    assertThat(decoded.payloadBytes()).isEqualTo(length);
    assertThat(decoded.frame()).isEqualTo(chunk.frame());
    assertThat(chunk.frameBytes()).isLessThanOrEqualTo(WireLimits.CHUNK_FRAME_BYTES);
  }

  @Test
  void aFrameInsideALargerBufferIsReadWhereItIs() throws WireException {
    Chunk chunk = WireSamples.chunk(100, 2);
    ByteBuffer larger = ByteBuffer.allocate(chunk.frameBytes() + 30);
    larger.position(10).put(chunk.frame()).flip().position(10);
    Chunk decoded = ChunkCodec.decode(larger);
    assertThat(decoded.payload()).isEqualTo(chunk.payload());
    assertThat(decoded.frame()).isEqualTo(chunk.frame());
  }

  @Test
  void thePayloadCannotBeChangedThroughTheChunk() {
    assertThat(WireSamples.chunk(10, 1).payload().isReadOnly()).isTrue();
  }

  @Test
  void aPayloadOfAnotherLengthThanSaidIsRefused() {
    ByteBuffer frame = WireSamples.chunk(100, 1).frame();
    assertThatThrownBy(() -> ChunkCodec.decode(frame.duplicate().limit(frame.limit() - 1)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("another length");
  }

  @Test
  void aFrameThatEndsInItsHeaderIsRefused() {
    ByteBuffer frame = WireSamples.chunk(0, 1).frame();
    assertThatThrownBy(() -> ChunkCodec.decode(frame.duplicate().limit(40)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("ends inside its header");
  }

  @Test
  void anEmptyFrameIsRefused() {
    assertThatThrownBy(() -> ChunkCodec.decode(ByteBuffer.allocate(0)))
        .isInstanceOf(WireException.class);
  }

  @Test
  void anOversizedFrameIsRefused() {
    assertThatThrownBy(
            () -> ChunkCodec.decode(ByteBuffer.allocate(WireLimits.CHUNK_FRAME_BYTES + 1)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("chunk frame of");
  }

  @Test
  void anOversizedHeaderIsRefused() {
    byte[] frame = new byte[2_000];
    frame[0] = (byte) 0x81;
    frame[1] = 0x04;
    assertThatThrownBy(() -> ChunkCodec.decode(ByteBuffer.wrap(frame)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("chunk header of 513");
  }

  @Test
  void aPayloadThatDoesNotFitItsHeaderIsNotEncoded() {
    Chunk chunk = WireSamples.chunk(10, 1);
    assertThatThrownBy(
            () -> ChunkCodec.encode(chunk.meta(), chunk.proof(), ByteBuffer.allocate(11)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

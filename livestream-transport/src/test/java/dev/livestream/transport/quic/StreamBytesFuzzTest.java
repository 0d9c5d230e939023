package dev.livestream.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes a peer sends: a frame within the limit, a refusal, or a wait for more. */
class StreamBytesFuzzTest {
  private static final int LIMIT = 1_000;

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void framesOfAStream(byte[] bytes) {
    FrameAssembler assembler = new FrameAssembler(LIMIT);
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    try {
      while (in.isReadable()) {
        int before = in.readableBytes();
        ByteBuffer frame = assembler.feed(in);
        assertThat(in.readableBytes()).isLessThan(before);
        if (frame != null) {
          assertThat(frame.remaining()).isLessThanOrEqualTo(LIMIT);
        }
      }
    } catch (FramingException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void tokensOfAStranger(byte[] bytes) {
    AddressTokens tokens = new AddressTokens(() -> 1_000_000);

    assertThat(tokens.check(bytes, Peers.socket("127.0.0.1", 4000))).isNull();
  }

  static Stream<byte[]> seeds() {
    return IntStream.range(0, 64)
        .mapToObj(
            seed -> {
              byte[] bytes = Peers.bytes(seed, seed * seed);
              if (bytes.length > 0) {
                bytes[0] &= (byte) (seed % 4 == 0 ? 0xff : 0x7f);
              }
              return bytes;
            });
  }
}

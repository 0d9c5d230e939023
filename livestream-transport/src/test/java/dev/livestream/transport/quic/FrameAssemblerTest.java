package dev.livestream.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames come out as they went in, however the stream was cut, and never longer than allowed. */
final class FrameAssemblerTest {
  private static byte[] encoded(byte[] frame) {
    ByteBuf buffer = Framing.encode(UnpooledByteBufAllocator.DEFAULT, ByteBuffer.wrap(frame));
    try {
      byte[] bytes = new byte[buffer.readableBytes()];
      buffer.readBytes(bytes);
      return bytes;
    } finally {
      buffer.release();
    }
  }

  private static List<byte[]> feed(FrameAssembler assembler, byte[] piece) throws FramingException {
    List<byte[]> frames = new ArrayList<>();
    ByteBuf in = Unpooled.wrappedBuffer(piece);
    while (in.isReadable()) {
      ByteBuffer frame = assembler.feed(in);
      if (frame != null) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        frames.add(bytes);
      }
    }
    return frames;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 4_200, 8_192, 8_193, 16_383, 16_384, 70_000})
  void aFrameOfAnyLengthComesOutWhole(int length) throws FramingException {
    byte[] frame = Peers.bytes(length, length);

    assertThat(feed(new FrameAssembler(70_000), encoded(frame))).containsExactly(frame);
  }

  @Test
  void anOrdinaryFrameLiesInAnArrayOfItsSize() throws FramingException {
    byte[] frame = Peers.bytes(1, 4_200);

    ByteBuffer out = new FrameAssembler(70_000).feed(Unpooled.wrappedBuffer(encoded(frame)));

    assertThat(out).isNotNull();
    assertThat(out.arrayOffset()).isZero();
    assertThat(out.array()).hasSize(4_200);
  }

  @Test
  void itDoesNotMatterWhereTheStreamIsCut() throws FramingException {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 200; round++) {
      List<byte[]> frames = new ArrayList<>();
      ByteBuf stream = Unpooled.buffer();
      for (int i = 0; i < 5; i++) {
        byte[] frame = Peers.bytes(random.nextLong(), random.nextInt(20_000));
        frames.add(frame);
        stream.writeBytes(encoded(frame));
      }
      FrameAssembler assembler = new FrameAssembler(20_000);
      List<byte[]> out = new ArrayList<>();
      while (stream.isReadable()) {
        byte[] piece = new byte[Math.min(stream.readableBytes(), 1 + random.nextInt(3_000))];
        stream.readBytes(piece);
        out.addAll(feed(assembler, piece));
      }
      assertThat(out).containsExactlyElementsOf(frames);
      assertThat(assembler.inFrame()).isFalse();
    }
  }

  @Test
  void oneByteAtATimeIsEnough() throws FramingException {
    FrameAssembler assembler = new FrameAssembler(100);
    byte[] frame = Peers.bytes(1, 90);
    List<byte[]> out = new ArrayList<>();
    for (byte octet : encoded(frame)) {
      assertThat(out).isEmpty();
      out.addAll(feed(assembler, new byte[] {octet}));
    }
    assertThat(out).containsExactly(frame);
  }

  @Test
  void aLengthOverTheLimitIsRefusedBeforeAnyOfItComes() {
    byte[] announced = {(byte) 0x80, 0x01, 0x11, 0x71};

    assertThatThrownBy(() -> feed(new FrameAssembler(70_000), announced))
        .isInstanceOf(FramingException.class);
  }

  @Test
  void aLengthOfEightBytesIsRefusedAtItsFirst() {
    assertThatThrownBy(() -> feed(new FrameAssembler(70_000), new byte[] {(byte) 0xc0}))
        .isInstanceOf(FramingException.class);
  }
}

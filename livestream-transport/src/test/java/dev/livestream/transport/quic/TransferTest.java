package dev.livestream.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What is left of a chunk that is given up under way. */
final class TransferTest {
  private final Transfer transfer = new Transfer(1, ByteBuffer.allocate(10), Long.MAX_VALUE);

  @Test
  void oneByteIsLeftToCarryTheEnd() {
    ByteBuf unsent = Unpooled.buffer().writeBytes(new byte[] {1, 2, 3, 4});
    unsent.skipBytes(1);
    transfer.unsent = unsent;

    assertThat(transfer.cutShort()).isTrue();
    assertThat(unsent.readableBytes()).isEqualTo(1);
    assertThat(unsent.readByte()).isEqualTo((byte) 2);
  }

  @Test
  void whatHasOneByteToGoIsAsGoodAsSent() {
    ByteBuf unsent = Unpooled.buffer().writeByte(1);
    transfer.unsent = unsent;

    assertThat(transfer.cutShort()).isFalse();
    assertThat(unsent.readableBytes()).isEqualTo(1);
  }

  @Test
  void whatIsNotBeingWrittenCannotBeCutShort() {
    assertThat(transfer.cutShort()).isFalse();
  }
}

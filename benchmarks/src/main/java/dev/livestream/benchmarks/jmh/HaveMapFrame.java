package dev.livestream.benchmarks.jmh;

import dev.livestream.wire.Message;
import dev.livestream.wire.MessageCodec;
import dev.livestream.wire.WireException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The most frequent control frame: one have-map over the last three seconds. The limit is copying
 * the frame.
 */
@State(Scope.Thread)
public class HaveMapFrame extends HotPathBenchmark {
  private static final int MAP_BYTES = 29;
  private static final long BASE = 100_000;

  private List<Message> messages;
  private byte[] frame;

  /** For JMH. */
  public HaveMapFrame() {}

  /** Makes a map with a chunk missing here and there. */
  @Setup
  public void setUp() {
    byte[] bits = new byte[MAP_BYTES];
    Arrays.fill(bits, (byte) 0xff);
    bits[MAP_BYTES - 2] = 0x5f;
    bits[MAP_BYTES - 1] = 0x13;
    long epoch = new SampleStream().epoch();
    messages = List.of(new Message.Have(epoch, BASE, bits, 3, BASE + 120, 0, 0, false));
    ByteBuffer encoded = MessageCodec.encode(messages);
    frame = new byte[encoded.remaining()];
    encoded.get(frame);
  }

  /** A new array with the frame's bytes. */
  @Benchmark
  public byte[] bare() {
    return frame.clone();
  }

  /** For each neighbour, four times a second. */
  @Benchmark
  public ByteBuffer encode() {
    return MessageCodec.encode(messages);
  }

  /** From each neighbour, four times a second. */
  @Benchmark
  public List<Message> decode() throws WireException {
    return MessageCodec.decode(ByteBuffer.wrap(frame));
  }
}

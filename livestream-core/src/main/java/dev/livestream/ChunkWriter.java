package dev.livestream;

import dev.livestream.crypto.ChunkMeta;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.crypto.UnsignedChunk;
import dev.livestream.node.LoopCall;
import dev.livestream.node.StreamNode;
import dev.livestream.spi.Loop;
import dev.livestream.wire.Manifest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts what is written into chunks, signs them in batches and hands them to the loop.
 *
 * <p>All the chunks that one write or flush fills are signed together, in batches small enough that
 * proofs stay below four percent of full chunks. A chunk that does not fill is sent after the batch
 * delay by a task on the loop; that task must not wait for a writer's lock, so if it is taken it
 * comes back a little later.
 */
final class ChunkWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ChunkWriter.class);

  /**
   * As many chunks at once are a writer in a hurry, and share a signature ({@link
   * dev.livestream.crypto.SessionKey#signTogether}). A proof in a batch of eight has three hashes:
   * 163 bytes of 4,096 are just under 4 %.
   */
  private static final int BATCH = 8;

  private static final long LOCK_RETRY_MICROS = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final StreamNode stream;
  private final Loop loop;
  private final StreamSigner signer;
  private final UplinkGauge gauge;
  private final ChunkHandover handover;
  private final EventHub events;
  private final WhenBehind whenBehind;
  private final long batchDelayMicros;
  private final List<UnsignedChunk> batch = new ArrayList<>(BATCH);
  private byte[] chunk;
  private int filled;
  private long chunkMicros;
  private boolean keyFrameNext;
  private boolean keyFramesMarked;
  private long keyFrameSequence;
  private ChunkPriority priority = ChunkPriority.ORDINARY;
  private long sequence;
  private boolean flushArmed;
  private final AtomicLong bytesWritten = new AtomicLong();
  private final AtomicLong chunksWritten = new AtomicLong();
  private volatile boolean closed;

  private ChunkWriter(BroadcasterBuilder choices, StreamNode stream, EventHub events) {
    this.stream = stream;
    this.loop = stream.node().loop();
    this.events = events;
    this.signer = new StreamSigner(choices, loop.nowMicros());
    this.gauge =
        new UplinkGauge(
            stream::uplinkQueueMicros,
            signer.parameters().windowChunks(),
            events,
            loop.nowMicros());
    this.handover = new ChunkHandover(stream, gauge);
    this.whenBehind = choices.whenBehind();
    this.batchDelayMicros = TimeUnit.NANOSECONDS.toMicros(choices.maxBatchDelay().toNanos());
    this.chunk = new byte[signer.parameters().maxChunkBytes()];
  }

  /** Begins a run: its manifest is out when this returns. */
  static ChunkWriter start(BroadcasterBuilder choices, StreamNode stream, EventHub events) {
    ChunkWriter writer = new ChunkWriter(choices, stream, events);
    Manifest manifest = writer.signer.manifest(0);
    LoopCall.get(
        stream.node(),
        () -> {
          stream.publishManifest(manifest);
          return true;
        });
    return writer;
  }

  void write(ByteBuffer bytes) throws IOException {
    enter();
    try {
      if (gauge.isBehind() && whenBehind.policy() == WhenBehind.Policy.DROP_NEWEST) {
        events.emit(new StreamEvent.WriteDropped(bytes.remaining()));
        bytes.position(bytes.limit());
        return;
      }
      // One patience for the whole write, however many chunks it fills.
      long patienceEnds = loop.nowMicros() + whenBehind.atMost().toMillis() * 1_000;
      int longest =
          keyFrameNext && filled == 0
              ? signer.parameters().keyFrameChunkBytes(bytes.remaining())
              : chunk.length;
      while (bytes.hasRemaining()) {
        if (filled == 0) {
          awaitUplink(patienceEnds);
          chunkMicros = Math.max(chunkMicros, loop.nowMicros());
        }
        int count = Math.min(bytes.remaining(), longest - filled);
        bytes.get(chunk, filled, count);
        filled += count;
        bytesWritten.addAndGet(count);
        if (filled == longest) {
          cut();
        }
      }
      handOver();
      if (filled > 0) {
        armFlush();
      }
    } finally {
      lock.unlock();
    }
  }

  void flush() throws IOException {
    enter();
    try {
      cut();
      handOver();
    } finally {
      lock.unlock();
    }
  }

  void keyFrame() throws IOException {
    enter();
    try {
      cut();
      handOver();
      keyFrameNext = true;
    } finally {
      lock.unlock();
    }
  }

  void priority(ChunkPriority following) throws IOException {
    enter();
    try {
      if (following != priority) {
        cut();
        handOver();
        priority = following;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Begins a new run. */
  void restart(byte[] header) throws IOException {
    enter();
    try {
      cut();
      handOver();
      signer.restart(header, loop.nowMicros());
      sequence = 0;
      keyFramesMarked = false;
      keyFrameNext = false;
      Manifest first = signer.manifest(0);
      loop.execute(() -> stream.publishManifest(first));
    } finally {
      lock.unlock();
    }
  }

  /** Sends the rest. */
  void suspend() {
    shut(false);
  }

  /** Sends the rest and says where the end is. */
  void close() {
    shut(true);
  }

  private void shut(boolean forGood) {
    closed = true;
    // Writers that wait for the uplink hold the lock; they go first.
    gauge.close();
    lock.lock();
    try {
      cut();
      if (!forGood) {
        handOver();
        return;
      }
      if (sequence == 0) {
        // The end is told as a number above 0, so even an empty stream has one chunk.
        chunkMicros = loop.nowMicros();
        cutAnyway();
      }
      handOver();
      Manifest last = signer.manifest(sequence);
      loop.execute(() -> stream.publishManifest(last));
    } catch (IOException e) {
      LOG.debug("The end of the stream could not be published", e);
    } finally {
      lock.unlock();
    }
  }

  long bytesWritten() {
    return bytesWritten.get();
  }

  long chunksWritten() {
    return chunksWritten.get();
  }

  private void enter() throws IOException {
    if (loop.inLoop()) {
      throw new IllegalStateException("A write may wait, so it is refused on the endpoint's loop.");
    }
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    if (closed) {
      lock.unlock();
      throw new ClosedChannelException();
    }
  }

  private void awaitUplink(long patienceEnds) throws IOException {
    if (whenBehind.policy() != WhenBehind.Policy.BLOCK || !gauge.isBehind()) {
      return;
    }
    handOver();
    long left = patienceEnds - loop.nowMicros();
    if (left > 0) {
      try {
        gauge.await(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(left)));
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
    if (closed) {
      throw new AsynchronousCloseException();
    }
    if (stream.node().isClosed()) {
      throw new IOException("The endpoint is closed.");
    }
  }

  /** Ends the chunk that was begun, if there is one. */
  private void cut() throws IOException {
    if (filled > 0) {
      cutAnyway();
    }
  }

  private void cutAnyway() throws IOException {
    ChunkPriority ofChunk = priority;
    if (keyFrameNext) {
      keyFrameNext = false;
      keyFramesMarked = true;
      keyFrameSequence = sequence;
      ofChunk = ChunkPriority.KEY_FRAME;
    }
    // In a stream without marks every chunk is a place to start.
    long distance = keyFramesMarked ? sequence - keyFrameSequence : 0;
    ChunkMeta meta =
        new ChunkMeta(
            signer.epoch(),
            sequence,
            chunkMicros,
            ofChunk,
            (int) Math.min(distance, ChunkMeta.MAX_KEY_FRAME_DISTANCE),
            filled);
    batch.add(new UnsignedChunk(meta, ByteBuffer.wrap(chunk, 0, filled)));
    chunk = new byte[chunk.length];
    filled = 0;
    sequence++;
    if (batch.size() == BATCH) {
      handOver();
    }
  }

  /** Signs and hands over the chunks that are ready. */
  private void handOver() throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    long first = batch.get(0).meta().sequence();
    if (signer.isRenewalDue(loop.nowMicros())) {
      signer.renew(loop.nowMicros(), first);
      Manifest renewed = signer.manifest(0);
      loop.execute(() -> stream.publishManifest(renewed));
    }
    List<UnsignedChunk> ready = List.copyOf(batch);
    batch.clear();
    try {
      if (!handover.give(signer.sign(ready))) {
        throw new IOException("The endpoint is closed.");
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    chunksWritten.addAndGet(ready.size());
  }

  private void armFlush() {
    if (!flushArmed) {
      flushArmed = true;
      scheduleFlush(chunkMicros + batchDelayMicros - loop.nowMicros());
    }
  }

  private void scheduleFlush(long delayMicros) {
    loop.schedule(delayMicros, this::flushOnLoop);
  }

  private void flushOnLoop() {
    if (closed) {
      return;
    }
    if (!lock.tryLock()) {
      scheduleFlush(LOCK_RETRY_MICROS);
      return;
    }
    try {
      flushArmed = false;
      if (filled == 0) {
        return;
      }
      if (loop.nowMicros() < chunkMicros + batchDelayMicros) {
        // Another chunk than the one this was armed for.
        armFlush();
      } else {
        cut();
        handOver();
      }
    } catch (IOException e) {
      LOG.debug("A chunk could not be sent after its delay", e);
    } finally {
      lock.unlock();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while writing");
  }
}

package dev.livestream.transport.sim;

import org.jspecify.annotations.Nullable;

/**
 * A machine with an uplink and a downlink, each a queue that serves one packet after the other at
 * its rate.
 *
 * <p>The uplink is computed, not stepped packet by packet. Control frames, acknowledgements and
 * what was lost go ahead of chunks at the next packet boundary, as QUIC sends them; so the moment
 * they have left is known at once, and the chunk on the wire ends later by what they took. Chunks
 * wait in one queue. The downlink serves in order of arrival; a train of packets counts as present
 * from when its first packet came.
 *
 * <p>Inner times are nanoseconds, so that rounding never lets a link carry more than its rate.
 */
public final class SimHost {
  private static final long SLACK_BYTES = 64;

  private final SimNetwork network;
  private final int id;
  private final double upNanosPerByte;
  private final double downNanosPerByte;
  private boolean alive = true;
  private int side;

  private long urgentFree;
  private long wireEnd;
  private @Nullable Train onWire;
  private @Nullable Train head;
  private @Nullable Train tail;
  private long queuedBytes;
  private long downFree;

  private long bytesSent;
  private long bytesReceived;
  private double auditLevel;
  private long auditAt;
  private long auditLargest;

  SimHost(SimNetwork network, int id, double upBytesPerSecond, double downBytesPerSecond) {
    if (!(upBytesPerSecond > 0) || !(downBytesPerSecond > 0)) {
      throw new IllegalArgumentException("a link carries more than nothing");
    }
    this.network = network;
    this.id = id;
    this.upNanosPerByte = 1e9 / upBytesPerSecond;
    this.downNanosPerByte = 1e9 / downBytesPerSecond;
  }

  /** The host's number, counted from 0 in order of making. */
  public int id() {
    return id;
  }

  /** Whether it has not crashed. */
  public boolean alive() {
    return alive;
  }

  /** Stops the host without a word: nothing leaves it and nothing reaches it any more. */
  public void crash() {
    alive = false;
    head = null;
    tail = null;
    queuedBytes = 0;
  }

  /** Puts the host on one of the sides between which {@link SimNetwork#cut} cuts. */
  public void setSide(int newSide) {
    if (newSide < 0 || newSide > 1) {
      throw new IllegalArgumentException("there are sides 0 and 1");
    }
    side = newSide;
  }

  /** The side it is on. */
  public int side() {
    return side;
  }

  /** All bytes that have left the uplink, packet headers included. */
  public long bytesSent() {
    return bytesSent;
  }

  /** All bytes that have come out of the downlink, packet headers included. */
  public long bytesReceived() {
    return bytesReceived;
  }

  /** Bytes of chunks that wait for the uplink, the one being sent not included. */
  public long queuedBytes() {
    return queuedBytes;
  }

  double downNanos(long bytes) {
    return bytes * downNanosPerByte;
  }

  long upNanos(long bytes) {
    return (long) Math.ceil(bytes * upNanosPerByte);
  }

  /**
   * Sends what goes ahead of chunks.
   *
   * @return when its last byte has left, in nanoseconds
   */
  long sendUrgent(long wireBytes) {
    long now = network.nowNanos();
    long start = Math.max(now, urgentFree);
    if (onWire != null) {
      if (urgentFree <= now) {
        long packet = Math.max(1, upNanos(network.config().mtu()));
        start += Math.max(0, wireEnd - start) % packet;
      }
    } else {
      start = Math.max(start, wireEnd);
    }
    long took = upNanos(wireBytes);
    urgentFree = start + took;
    if (onWire != null) {
      wireEnd += took;
    }
    count(wireBytes, urgentFree);
    return urgentFree;
  }

  /** Queues a chunk. */
  void enqueue(Train train) {
    if (onWire == null && head == null) {
      begin(train, network.nowNanos());
      return;
    }
    train.queued = true;
    queuedBytes += train.wireBytes;
    if (tail == null) {
      head = train;
    } else {
      tail.nextInQueue = train;
    }
    tail = train;
  }

  /** A queued chunk is no longer wanted; its place in the queue is skipped when its turn comes. */
  void forget(Train train) {
    if (train.queued) {
      train.queued = false;
      queuedBytes -= train.wireBytes;
    }
  }

  /**
   * The chunk on the wire may have left.
   *
   * @return false if control frames have delayed it, and it has to wait again
   */
  boolean wireDone(Train train) {
    if (network.nowNanos() < wireEnd) {
      network.time().schedule(SimNetwork.ceilMicros(wireEnd), train);
      return false;
    }
    onWire = null;
    count(train.wireBytes, wireEnd);
    train.launch(wireEnd);
    if (alive) {
      beginNext();
    }
    return true;
  }

  private void beginNext() {
    while (head != null && onWire == null) {
      Train next = head;
      head = next.nextInQueue;
      next.nextInQueue = null;
      if (head == null) {
        tail = null;
      }
      if (!next.queued) {
        network.release(next);
        continue;
      }
      next.queued = false;
      queuedBytes -= next.wireBytes;
      begin(next, wireEnd);
    }
  }

  private void begin(Train train, long fromNanos) {
    if (train.isStale(network.time().nowMicros())) {
      train.dropStale();
      return;
    }
    onWire = train;
    wireEnd = Math.max(fromNanos, Math.max(wireEnd, urgentFree)) + upNanos(train.wireBytes);
    network.time().schedule(SimNetwork.ceilMicros(wireEnd), train);
  }

  /**
   * Takes a train of packets through the downlink.
   *
   * @param firstArrival when its first packet had arrived, in nanoseconds
   * @return when its last packet is through, in nanoseconds
   */
  long throughDownlink(long firstArrival, long wireBytes) {
    downFree = Math.max(downFree, firstArrival) + (long) Math.ceil(wireBytes * downNanosPerByte);
    return downFree;
  }

  void countReceived(long wireBytes) {
    bytesReceived += wireBytes;
  }

  // A second opinion on the arithmetic above: a bucket that drains at the uplink's rate never holds
  // more than what was on the wire and what overtook it.
  private void count(long wireBytes, long endNanos) {
    bytesSent += wireBytes;
    auditLargest = Math.max(auditLargest, wireBytes);
    auditLevel = Math.max(0, auditLevel - (endNanos - auditAt) / upNanosPerByte) + wireBytes;
    auditAt = endNanos;
    if (auditLevel > 2 * auditLargest + SLACK_BYTES) {
      throw new IllegalStateException(
          "host " + id + " sends faster than its uplink, by " + auditLevel + " bytes");
    }
  }
}

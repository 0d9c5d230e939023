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
 *
 * <p>A host touches nothing of another: what it causes there is an event, due after the path's
 * latency. Crashes and changes of side come from outside, while no host runs.
 */
public final class SimHost {
  private static final long SLACK_BYTES = 64;

  private static final int ORDER_BITS = 40;

  private final SimNetwork network;
  private final SimShard shard;
  private final int id;
  private final SplitMix random;
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
  private long caused;
  private double auditLevel;
  private long auditAt;
  private long auditLargest;

  SimHost(
      SimNetwork network,
      SimShard shard,
      int id,
      double upBytesPerSecond,
      double downBytesPerSecond) {
    if (!(upBytesPerSecond > 0) || !(downBytesPerSecond > 0)) {
      throw new IllegalArgumentException("a link carries more than nothing");
    }
    this.network = network;
    this.shard = shard;
    this.id = id;
    this.random = new SplitMix(SplitMix.mix(network.config().seed() ^ SplitMix.mix(id)));
    this.upNanosPerByte = 1e9 / upBytesPerSecond;
    this.downNanosPerByte = 1e9 / downBytesPerSecond;
  }

  /** The host's number, counted from 0 in order of making. */
  public int id() {
    return id;
  }

  /** The number of its shard, counted from 0: hosts of different shards may run side by side. */
  public int shard() {
    return shard.index();
  }

  /** What time it is here. */
  public long nowMicros() {
    return shard.time().nowMicros();
  }

  long nowNanos() {
    return nowMicros() * 1_000;
  }

  /**
   * Lets an event happen on this host at a moment, after what the host has scheduled for it before.
   *
   * @param micros when; a moment that is past means now
   * @throws IllegalStateException if the event waits already
   */
  public void schedule(long micros, SimEvent event) {
    send(this, micros, event);
  }

  /** Lets this host cause an event on another, no earlier than the network's least latency. */
  void send(SimHost to, long micros, SimEvent event) {
    // By cause and count, so that it does not matter which hosts share a calendar.
    long order = (long) (id + 1) << ORDER_BITS | caused++;
    shard.send(to.shard, micros, order, event);
  }

  ByteAccounts accounts() {
    return shard.accounts();
  }

  Train take(SimConnection connection) {
    return shard.take(connection);
  }

  /** A train has ended here. */
  void release(Train train) {
    shard.release(train);
  }

  /** How long one transmission takes on a path. */
  long drawLatency(long pathNanos) {
    double jitter = network.config().jitter();
    return jitter == 0 ? pathNanos : (long) (pathNanos * (1 + jitter * (2 * random.next() - 1)));
  }

  /** How many packets of a train the network loses. */
  int drawLost(int packets) {
    LossModel loss = network.loss();
    return loss.loses() ? loss.lostOf(packets, random) : 0;
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
    long now = nowNanos();
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
      begin(train, nowNanos());
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
    if (nowNanos() < wireEnd) {
      train.waitOnWire(this, wireEnd);
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
        release(next);
        continue;
      }
      next.queued = false;
      queuedBytes -= next.wireBytes;
      begin(next, wireEnd);
    }
  }

  private void begin(Train train, long fromNanos) {
    if (train.isStale(nowMicros())) {
      train.dropStale();
      return;
    }
    onWire = train;
    wireEnd = Math.max(fromNanos, Math.max(wireEnd, urgentFree)) + upNanos(train.wireBytes);
    train.waitOnWire(this, wireEnd);
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

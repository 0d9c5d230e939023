package dev.livestream.transport.sim;

import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection that costs what a QUIC connection costs: a handshake of one round trip
 * with certificates on both sides, an acknowledgement for every fourth packet (over real QUIC one
 * in five was measured), keep-alives, and lost packets sent again after 1.25 round trips, those of
 * the handshake after a second. Control frames arrive in order; chunks as they come.
 *
 * <p>Congestion control is not modelled: the uplink is the bottleneck, and whoever sends paces
 * itself.
 */
public final class SimConnection {
  private enum State {
    CONNECTING,
    OPEN,
    CLOSED
  }

  private static final int TRIES_AFTER_CLOSE = 4;
  // Before a round trip was measured QUIC takes it for 333 ms, and waits for three (RFC 9002,
  // 6.2.2).
  private static final long FIRST_LOSS_NANOS = 999_000_000;

  private final SimNetwork network;
  private final SimEndpoint local;
  private final @Nullable SimEndpoint remote;
  private final PeerAddress remoteAddress;
  private SimConnectionHandler handler;
  private final boolean outgoing;
  private final long latencyNanos;
  private final long backNanos;
  // The end at the other host, set and used by what happens there.
  private @Nullable SimConnection peer;
  private State state = State.CONNECTING;
  private boolean opened;
  private @Nullable Object attachment;

  private final IdleTimer signs;

  private final LossProbes probes = new LossProbes();
  private long nextNumber;
  private long expected;
  // Made when a frame first comes before its turn: mostly never.
  private @Nullable HeldFrames held;
  private final UnsentChunks unsent = new UnsentChunks();

  SimConnection(
      SimNetwork network,
      SimEndpoint local,
      @Nullable SimEndpoint remote,
      PeerAddress remoteAddress,
      SimConnectionHandler handler,
      boolean outgoing) {
    this.network = network;
    this.local = local;
    this.remote = remote;
    this.remoteAddress = remoteAddress;
    this.handler = handler;
    this.outgoing = outgoing;
    this.latencyNanos = network.latencyNanos(local, remote);
    this.backNanos = network.latencyNanos(remote, local);
    this.signs = new IdleTimer(this, local.host(), network.config());
  }

  /** The endpoint at this end. */
  public SimEndpoint local() {
    return local;
  }

  /** The endpoint at the other end. */
  public SimEndpoint remote() {
    if (remote == null) {
      throw new IllegalStateException("there is nobody at " + remoteAddress);
    }
    return remote;
  }

  /** Where the other end is. */
  public PeerAddress remoteAddress() {
    return remoteAddress;
  }

  /** Whether this end opened it. */
  public boolean outgoing() {
    return outgoing;
  }

  /** Whether the handshake is done and nobody has closed it. */
  public boolean isOpen() {
    return state == State.OPEN;
  }

  /** Whether it has ended. */
  public boolean isClosed() {
    return state == State.CLOSED;
  }

  /** The path's round-trip time, without queues and jitter. */
  public long rttMicros() {
    return rttNanos() / 1_000;
  }

  /** Bytes of chunk frames accepted and not yet sent. */
  public long queuedBytes() {
    return unsent.bytes();
  }

  /** Whatever the owner wants to find again. */
  public @Nullable Object attachment() {
    return attachment;
  }

  /** Keeps something for the owner. */
  public void attach(@Nullable Object newAttachment) {
    attachment = newAttachment;
  }

  /**
   * Sends a control frame: reliably, in order, ahead of chunks.
   *
   * @param bytes the frame's length
   * @param frame what the other side gets
   */
  public void sendControl(int bytes, Object frame) {
    if (state != State.CLOSED) {
      sendInOrder(bytes, frame);
    }
  }

  /**
   * Sends a chunk frame.
   *
   * @param transfer the caller's name for it
   * @param frameBytes the frame's length
   * @param payloadBytes of these, media
   * @param proofBytes of these, proof
   * @param deadlineMicros when it need not be begun any more
   * @param frame what the other side gets
   */
  public void sendChunk(
      long transfer,
      int frameBytes,
      int payloadBytes,
      int proofBytes,
      long deadlineMicros,
      Object frame) {
    if (state == State.CLOSED || !host().alive()) {
      return;
    }
    Train train = host().take(this);
    train.frame = frame;
    train.chunk = true;
    train.transfer = transfer;
    train.deadline = deadlineMicros;
    train.number = 0;
    train.payloadBytes = payloadBytes;
    train.proofBytes = proofBytes;
    train.load(frameBytes);
    unsent.add(train);
    signs.sent();
    host().enqueue(train);
  }

  /** Takes back a chunk that has not begun to leave; otherwise does nothing. */
  public void cancel(long transfer) {
    Train train = unsent.waiting(transfer);
    if (train != null) {
      host().forget(train);
      unsent.remove(train);
      tellLater(transfer, TransferOutcome.CANCELLED);
    }
  }

  /** Closes the connection; control frames sent before still arrive. The handler hears no more. */
  public void close(CloseReason reason) {
    if (state == State.CLOSED) {
      return;
    }
    boolean toldThere = host().alive() && (state == State.OPEN || !outgoing);
    if (toldThere) {
      sendInOrder(new OwnFrame.Closing(reason));
    }
    end();
  }

  SimNetwork network() {
    return network;
  }

  SimHost host() {
    return local.host();
  }

  @Nullable SimHost remoteHost() {
    return remote == null ? null : remote.host();
  }

  long latencyNanos() {
    return latencyNanos;
  }

  long backNanos() {
    return backNanos;
  }

  long rttNanos() {
    return latencyNanos + backNanos;
  }

  void begin() {
    signs.start();
    if (outgoing) {
      sendInOrder(OwnFrame.Handshake.INITIAL);
    }
  }

  /** When this end last heard of the other, acknowledgements included. */
  public long lastHeard() {
    return signs.lastHeard();
  }

  void ping() {
    sendInOrder(new OwnFrame.Ping());
  }

  private void sendInOrder(OwnFrame frame) {
    sendInOrder(frame.bytes(network.config().packetContent()), frame);
  }

  private void sendInOrder(int bytes, Object frame) {
    if (!host().alive()) {
      return;
    }
    Train train = host().take(this);
    train.frame = frame;
    train.chunk = false;
    train.number = nextNumber++;
    train.load(bytes);
    signs.sent();
    train.sendUrgent();
  }

  /** Whether a frame that gets to the other host finds somebody who listens. */
  boolean isHeardAt(@Nullable Object frame) {
    if (peer != null) {
      return true;
    }
    if (frame != OwnFrame.Handshake.INITIAL || remote == null) {
      return false;
    }
    SimConnection there =
        new SimConnection(
            network, /* local= */ remote, /* remote= */ local, local.address(), handler, false);
    there.peer = this;
    SimConnectionHandler listener = remote.accept(there);
    if (listener == null) {
      return false;
    }
    there.handler = listener;
    peer = there;
    there.begin();
    return true;
  }

  /** The other end has got packets of this one's, and says so: by and by, but a probe's at once. */
  void heardAtOtherEnd(int packets, boolean probe) {
    SimConnection there = peer;
    if (there != null) {
      int due = there.signs.acknowledgementsFor(packets, probe);
      if (due > 0) {
        Acknowledgement.send(there.host(), this, due);
      }
    }
  }

  /** An acknowledgement has come. */
  void wasAcknowledged() {
    signs.heard();
    probes.answered(host().nowNanos());
  }

  boolean isClosedAtOtherEnd() {
    return peer != null && peer.state == State.CLOSED;
  }

  /** How long after something has left it counts as lost, if nothing tells otherwise. */
  long lossNanos() {
    return state == State.CONNECTING ? FIRST_LOSS_NANOS : rttNanos() * 5 / 4;
  }

  /** Whether something was acknowledged when what left at a moment should have been. */
  boolean isAnsweredSince(long leftNanos) {
    return probes.answeredNanos() > leftNanos + rttNanos();
  }

  /** Takes the turn to send a probe; false while another is waited for. */
  boolean takesProbe() {
    return probes.take(lossNanos(), host().nowNanos());
  }

  /**
   * Whether what was lost is still worth sending again. The last words of a connection are, a few
   * times; a call that has failed has none.
   */
  boolean wantsRetries(boolean chunk, int fruitless) {
    return state != State.CLOSED || (opened && !chunk && fruitless < TRIES_AFTER_CLOSE);
  }

  /** A frame that this end sent has arrived whole at the other. */
  void deliver(Object frame, boolean chunk, long number) {
    SimConnection there = peer;
    if (there == null) {
      return;
    }
    if (there.state == State.CLOSED) {
      return;
    }
    if (chunk && there.state == State.OPEN) {
      there.handler.chunk(there, frame);
    } else if (chunk) {
      there.held().holdChunk(frame);
    } else if (number == there.expected) {
      there.takeInOrder(frame);
      there.takeHeld();
    } else {
      there.held().holdControl(number, frame);
    }
  }

  private HeldFrames held() {
    if (held == null) {
      held = new HeldFrames();
    }
    return held;
  }

  private void takeHeld() {
    Object frame = held == null ? null : held.takeControl(expected);
    while (frame != null) {
      takeInOrder(frame);
      frame = held == null ? null : held.takeControl(expected);
    }
  }

  private void takeInOrder(Object frame) {
    expected++;
    if (state == State.CLOSED) {
      return;
    }
    if (frame instanceof OwnFrame.Handshake step) {
      advance(step);
    } else if (frame instanceof OwnFrame.Closing closing) {
      end();
      handler.closed(this, closing.reason());
    } else if (!(frame instanceof OwnFrame.Ping)) {
      handler.control(this, frame);
    }
  }

  private void advance(OwnFrame.Handshake step) {
    switch (step) {
      case INITIAL -> sendInOrder(OwnFrame.Handshake.SERVER_FLIGHT);
      case SERVER_FLIGHT -> {
        if (!handler.trusts(this)) {
          sendInOrder(new OwnFrame.Closing(CloseReason.WRONG_PEER));
          fail(CloseReason.WRONG_PEER);
          return;
        }
        sendInOrder(OwnFrame.Handshake.CLIENT_FINISH);
        open();
      }
      case CLIENT_FINISH -> {
        sendInOrder(OwnFrame.Handshake.SERVER_FINISH);
        open();
      }
      case SERVER_FINISH -> {}
    }
  }

  private void open() {
    state = State.OPEN;
    opened = true;
    handler.opened(this);
    // Chunks may overtake the end of the handshake.
    Object early = held == null ? null : held.takeChunk();
    while (early != null && state == State.OPEN) {
      handler.chunk(this, early);
      early = held == null ? null : held.takeChunk();
    }
  }

  void removeUnsent(Train train) {
    unsent.remove(train);
  }

  void transferSent(long transfer) {
    if (state != State.CLOSED) {
      handler.transferEnded(this, transfer, TransferOutcome.SENT);
    }
  }

  /** Tells the end of a transfer, but not inside the call that caused it. */
  void tellLater(long transfer, TransferOutcome outcome) {
    SimHost host = host();
    host.schedule(
        host.nowMicros(),
        new SimEvent() {
          @Override
          protected void run() {
            if (state != State.CLOSED && host.alive()) {
              handler.transferEnded(SimConnection.this, transfer, outcome);
            }
          }
        });
  }

  private void end() {
    state = State.CLOSED;
    held = null;
    unsent.clear(host());
  }

  void fail(CloseReason reason) {
    end();
    handler.closed(this, reason);
  }
}

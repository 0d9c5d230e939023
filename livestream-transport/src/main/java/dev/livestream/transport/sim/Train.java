package dev.livestream.transport.sim;

import dev.livestream.spi.TransferOutcome;
import org.jspecify.annotations.Nullable;

/**
 * A frame on its way, as a train of packets: queued, on the wire, flying, and again for the packets
 * that were lost, until all of it is there. One event object serves for all stages, and is used
 * again for other frames afterwards.
 *
 * <p>On its uplink and while it waits to be sent again it belongs to the sender's host, from flight
 * to delivery to the receiver's; each of its events uses only what belongs to the one host.
 */
final class Train extends SimEvent implements InFlight {
  private enum Stage {
    ON_WIRE,
    FLYING,
    IN_DOWNLINK,
    WAITING_TO_RETRY
  }

  private static final int PROBE_PACKETS = 2;

  private Stage stage = Stage.ON_WIRE;

  SimConnection from;
  @Nullable Object frame;
  boolean chunk;
  long transfer;
  long deadline;
  long number;
  int payloadBytes;
  int proofBytes;
  private int content;
  private int missing;
  private int roundContent;
  private int roundPackets;
  private int lostPackets;
  private boolean repeated;
  private int fruitless;
  private long leftNanos;
  long wireBytes;

  boolean queued;
  @Nullable Train nextInQueue;
  @Nullable Train nextOfConnection;

  Train(SimConnection from) {
    this.from = from;
  }

  private SimNetworkConfig config() {
    return from.network().config();
  }

  /** Where it arrives; what is sent to an address where nobody is gets lost at home. */
  private SimHost destination() {
    SimHost to = from.remoteHost();
    return to == null ? from.host() : to;
  }

  /** Makes it a frame of so many bytes, none of them sent yet. */
  void load(int contentBytes) {
    content = contentBytes;
    missing = contentBytes;
    repeated = false;
    fruitless = 0;
    queued = false;
    nextInQueue = null;
    nextOfConnection = null;
    stage = Stage.ON_WIRE;
    prepareRound(contentBytes);
  }

  private void prepareRound(int bytes) {
    int perPacket = config().packetContent();
    roundContent = bytes;
    roundPackets = Math.max(1, (bytes + perPacket - 1) / perPacket);
    wireBytes = bytes + (long) roundPackets * config().headerBytes();
  }

  boolean isStale(long nowMicros) {
    return deadline < nowMicros || from.isClosed();
  }

  void dropStale() {
    SimConnection connection = from;
    long name = transfer;
    boolean closed = connection.isClosed();
    connection.removeUnsent(this);
    connection.host().release(this);
    if (!closed) {
      connection.tellLater(name, TransferOutcome.CANCELLED);
    }
  }

  /** Sends it ahead of chunks. */
  void sendUrgent() {
    launch(from.host().sendUrgent(wireBytes));
  }

  /** The last byte leaves the uplink at this moment; the network takes over. */
  void launch(long endNanos) {
    SimHost host = from.host();
    SimHost to = destination();
    leftNanos = endNanos;
    countSent(host.accounts());
    lostPackets = host.drawLost(roundPackets);
    stage = Stage.FLYING;
    long arrival = endNanos + host.drawLatency(from.latencyNanos());
    long lastPacket = (long) Math.ceil(to.downNanos(Math.min(wireBytes, config().mtu())));
    host.send(to, SimNetwork.ceilMicros(arrival + lastPacket), this);
  }

  /** Waits on the uplink of its host. */
  void waitOnWire(SimHost host, long untilNanos) {
    host.schedule(SimNetwork.ceilMicros(untilNanos), this);
  }

  @Override
  protected void run() {
    switch (stage) {
      case ON_WIRE -> leaveUplink();
      case FLYING -> arrive();
      case IN_DOWNLINK -> finishRound();
      case WAITING_TO_RETRY -> retry();
    }
  }

  private void leaveUplink() {
    SimConnection connection = from;
    SimHost host = connection.host();
    if (!host.alive()) {
      host.release(this);
      return;
    }
    long name = transfer;
    if (host.wireDone(this)) {
      connection.removeUnsent(this);
      connection.transferSent(name);
    }
  }

  private void arrive() {
    SimHost to = from.remoteHost();
    if (to == null
        || lostPackets == roundPackets
        || !from.network().reaches(from.host(), to)
        || !from.isHeardAt(frame)) {
      loseRound(roundContent, roundPackets);
      waitToRetry(true);
      return;
    }
    long now = to.nowNanos();
    long firstArrival = now - from.host().upNanos(wireBytes);
    long through = to.throughDownlink(firstArrival, receivedWireBytes());
    if (through <= now) {
      finishRound();
    } else {
      stage = Stage.IN_DOWNLINK;
      to.schedule(SimNetwork.ceilMicros(through), this);
    }
  }

  private int lostContent() {
    return (int) ((long) roundContent * lostPackets / roundPackets);
  }

  private long receivedWireBytes() {
    return wireBytes - lostContent() - (long) lostPackets * config().headerBytes();
  }

  private void finishRound() {
    SimHost to = destination();
    if (!to.alive()) {
      loseRound(roundContent, roundPackets);
      to.release(this);
      return;
    }
    if (lostPackets > 0) {
      loseRound(lostContent(), lostPackets);
    }
    int got = roundContent - lostContent();
    countReceived(to.accounts(), got, roundPackets - lostPackets);
    to.countReceived(receivedWireBytes());
    from.heardAtOtherEnd(roundPackets - lostPackets, /* probe= */ fruitless > 0);
    missing -= got;
    if (missing > 0) {
      waitToRetry(false);
      return;
    }
    SimConnection sender = from;
    Object what = frame;
    long inOrder = number;
    boolean isChunk = chunk;
    to.release(this);
    if (what != null) {
      sender.deliver(what, isChunk, inOrder);
    }
  }

  // The sender notices by the clock, or by acknowledgements for the rest, which have to get there.
  private void waitToRetry(boolean nothingCame) {
    SimHost to = destination();
    if (from.isClosedAtOtherEnd()) {
      to.release(this);
      return;
    }
    fruitless = nothingCame ? fruitless + 1 : 0;
    long wait = LossProbes.patience(from.lossNanos(), Math.max(0, fruitless - 1));
    stage = Stage.WAITING_TO_RETRY;
    long noticed = Math.max(leftNanos + wait, to.nowNanos() + from.backNanos());
    to.send(from.host(), SimNetwork.ceilMicros(noticed), this);
  }

  private void retry() {
    SimHost host = from.host();
    if (!host.alive() || !from.wantsRetries(chunk, fruitless)) {
      host.release(this);
      return;
    }
    if (from.isAnsweredSince(leftNanos)) {
      fruitless = 0;
    }
    if (fruitless > 0 && !from.takesProbe()) {
      if (from.isClosed()) {
        host.release(this);
      } else {
        host.schedule(SimNetwork.ceilMicros(host.nowNanos() + from.lossNanos()), this);
      }
      return;
    }
    repeated = true;
    // Into silence only probes are sent.
    int probe = PROBE_PACKETS * config().packetContent();
    prepareRound(fruitless > 0 ? Math.min(missing, probe) : missing);
    sendUrgent();
  }

  private void countSent(ByteAccounts accounts) {
    accounts.sent(ByteKind.PACKET_HEADER, (long) roundPackets * config().headerBytes());
    if (repeated) {
      accounts.sent(ByteKind.RETRANSMISSION, roundContent);
    } else if (chunk) {
      accounts.sent(ByteKind.PAYLOAD, payloadBytes);
      accounts.sent(ByteKind.PROOF, proofBytes);
      accounts.sent(ByteKind.CHUNK_HEADER, content - payloadBytes - proofBytes);
    } else {
      accounts.sent(ByteKind.CONTROL, content);
    }
  }

  private void countReceived(ByteAccounts accounts, int bytes, int packets) {
    accounts.received(ByteKind.PACKET_HEADER, (long) packets * config().headerBytes());
    if (repeated || !chunk) {
      accounts.received(repeated ? ByteKind.RETRANSMISSION : ByteKind.CONTROL, bytes);
      return;
    }
    // Packets do not end where header and payload do: what was lost counts as payload first.
    int lost = roundContent - bytes;
    int lostPayload = Math.min(lost, payloadBytes);
    int lostProof = Math.min(lost - lostPayload, proofBytes);
    int lostHeader = lost - lostPayload - lostProof;
    accounts.received(ByteKind.PAYLOAD, payloadBytes - lostPayload);
    accounts.received(ByteKind.PROOF, proofBytes - lostProof);
    accounts.received(ByteKind.CHUNK_HEADER, content - payloadBytes - proofBytes - lostHeader);
  }

  private void loseRound(int bytes, int packets) {
    ByteAccounts accounts = destination().accounts();
    accounts.lost(ByteKind.PACKET_HEADER, (long) packets * config().headerBytes());
    if (repeated || !chunk) {
      accounts.lost(repeated ? ByteKind.RETRANSMISSION : ByteKind.CONTROL, bytes);
      return;
    }
    int lostPayload = Math.min(bytes, payloadBytes);
    int lostProof = Math.min(bytes - lostPayload, proofBytes);
    accounts.lost(ByteKind.PAYLOAD, lostPayload);
    accounts.lost(ByteKind.PROOF, lostProof);
    accounts.lost(ByteKind.CHUNK_HEADER, bytes - lostPayload - lostProof);
  }

  @Override
  public boolean belongsTo(SimNetwork network) {
    return from.network() == network;
  }

  @Override
  public void addInFlight(long[] byKind) {
    if (stage != Stage.FLYING && stage != Stage.IN_DOWNLINK) {
      return;
    }
    byKind[ByteKind.PACKET_HEADER.index] += (long) roundPackets * config().headerBytes();
    if (repeated) {
      byKind[ByteKind.RETRANSMISSION.index] += roundContent;
    } else if (chunk) {
      byKind[ByteKind.PAYLOAD.index] += payloadBytes;
      byKind[ByteKind.PROOF.index] += proofBytes;
      byKind[ByteKind.CHUNK_HEADER.index] += content - payloadBytes - proofBytes;
    } else {
      byKind[ByteKind.CONTROL.index] += content;
    }
  }
}

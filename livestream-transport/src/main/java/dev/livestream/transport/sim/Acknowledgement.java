package dev.livestream.transport.sim;

/** Acknowledgements on their way from one end of a connection to the other. */
final class Acknowledgement extends SimEvent implements InFlight {
  private static final int ACK_BYTES = 25;

  private final SimConnection to;
  private final long wireBytes;

  private Acknowledgement(SimConnection to, long wireBytes) {
    this.to = to;
    this.wireBytes = wireBytes;
  }

  /** Sends some from a host to the connection's end that they tell of its packets. */
  static void send(SimHost host, SimConnection to, int packets) {
    long bytes = packets * (long) (ACK_BYTES + to.network().config().headerBytes());
    host.accounts().sent(ByteKind.PACKET_HEADER, bytes);
    long arrival = host.sendUrgent(bytes) + to.backNanos();
    host.send(to.host(), SimNetwork.ceilMicros(arrival), new Acknowledgement(to, bytes));
  }

  @Override
  protected void run() {
    SimHost host = to.host();
    SimHost sender = to.remoteHost();
    if (sender == null || !to.network().reaches(sender, host)) {
      host.accounts().lost(ByteKind.PACKET_HEADER, wireBytes);
      return;
    }
    host.throughDownlink(host.nowNanos(), wireBytes);
    host.countReceived(wireBytes);
    host.accounts().received(ByteKind.PACKET_HEADER, wireBytes);
    to.wasAcknowledged();
  }

  @Override
  public boolean belongsTo(SimNetwork network) {
    return to.network() == network;
  }

  @Override
  public void addInFlight(long[] byKind) {
    byKind[ByteKind.PACKET_HEADER.index] += wireBytes;
  }
}

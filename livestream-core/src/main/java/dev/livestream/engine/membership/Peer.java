package dev.livestream.engine.membership;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.Allowance;
import dev.livestream.engine.window.HaveMap;
import dev.livestream.spi.PeerAddress;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connected peer. Each room of the engine keeps its own part of it up to date;
 * the connection ends when no room has a use for it any more.
 */
public final class Peer {
  /** Where two peers stand in becoming mesh neighbours. */
  public enum Mesh {
    /** Not neighbours. */
    NONE,
    /** Asked, not answered. */
    ASKED,
    /** Neighbours: have-maps are exchanged. */
    NEIGHBOUR
  }

  private static final long ASSUMED_RTT = 100_000;
  private static final long MUTE = 8_000_000;
  private static final long SILENT = 300_000;
  private static final int UNANSWERED = 2;

  private final PeerId id;
  private final PeerAddress address;
  private final boolean outgoing;
  private final long connectedAt;
  private final HaveMap have;
  private final Allowance allowance = Allowance.full();
  private final ServiceRecord service = new ServiceRecord();

  private @Nullable PeerRecord record;
  private Role role = Role.VIEWER;
  private boolean forwards;
  private long lastHeard;
  private long lastSaid;
  private long pingedAt;
  private long unansweredSince;
  private int unanswered;
  private boolean acknowledges;
  private long idleSince;
  private long rttMicros;
  private Mesh mesh = Mesh.NONE;
  private int parentOf;
  private int childIn;
  private boolean vital;
  private int asks;
  private Message.@Nullable Places places;
  private long placesToldAt;
  private long manifestEpoch;
  private int manifestVersion;
  private long haveEpoch = -1;
  private int queueMillis;
  private long entry = -1;
  private int passedMillis;
  private int intervalMillis;
  private long toldAt;
  private boolean complete;
  private long shuffledAt;
  private int requestsQueued;

  /** A peer whose connection has just opened. */
  public Peer(PeerId id, PeerAddress address, boolean outgoing, int windowChunks, long nowMicros) {
    this.id = id;
    this.address = address;
    this.outgoing = outgoing;
    this.connectedAt = nowMicros;
    this.lastHeard = nowMicros;
    this.lastSaid = nowMicros;
    this.idleSince = nowMicros;
    this.have = new HaveMap(windowChunks);
  }

  /** Its proven id. */
  public PeerId id() {
    return id;
  }

  /** Where its datagrams come from. */
  public PeerAddress address() {
    return address;
  }

  /** Whether this side opened the connection. */
  public boolean outgoing() {
    return outgoing;
  }

  /** When the connection opened. */
  public long connectedAt() {
    return connectedAt;
  }

  /** Whether it has said hello, as it must before anything else. */
  public boolean greeted() {
    return record != null;
  }

  /** Takes its hello. */
  public void greet(PeerRecord itsRecord, Role itsRole) {
    record = itsRecord;
    role = itsRole;
    forwards = !itsRecord.leaf();
  }

  /** Notes that it has a manifest: it has said so, has sent it, or was sent it. */
  public void hasManifest(long epoch, int version) {
    if (lacksManifest(epoch, version)) {
      manifestEpoch = epoch;
      manifestVersion = version;
    }
  }

  /** Whether a manifest would be news to it, as far as is known. */
  public boolean lacksManifest(long epoch, int version) {
    return epoch > manifestEpoch || (epoch == manifestEpoch && version > manifestVersion);
  }

  /** Its record; null before its hello. */
  public @Nullable PeerRecord record() {
    return record;
  }

  /** Whether it can be expected to pass chunks on. */
  public boolean forwards() {
    return forwards;
  }

  /** What it says it is. */
  public Role role() {
    return role;
  }

  /** When anything last came from it, be it a mere acknowledgement. */
  public long lastHeard() {
    return lastHeard;
  }

  /** Notes a sign of life: it has said something, or delivered. */
  public void heard(long nowMicros) {
    lastHeard = nowMicros;
    lastSaid = nowMicros;
    pingedAt = 0;
    unanswered = 0;
  }

  /**
   * Notes that a chunk, or a question, is on its way to it: a living peer shows that it has come.
   */
  public void sent(long nowMicros) {
    if (unanswered++ == 0) {
      unansweredSince = nowMicros;
    }
  }

  /**
   * Whether it gives no sign of having got what it was sent for a while, so that it is probably
   * dead. A single piece may be too short to be acknowledged. Never, if the transport does not tell
   * of acknowledgements.
   *
   * @param allowanceMicros how much longer than usual to wait, because this host is late itself
   */
  public boolean isSilent(long nowMicros, long allowanceMicros) {
    return acknowledges
        && unanswered >= UNANSWERED
        && nowMicros - unansweredSince > Math.max(SILENT, 3 * rttMicros()) + allowanceMicros;
  }

  /**
   * Whether only its transport has given signs of life for long. Acknowledgements tell that a host
   * has not crashed, but not that anybody answers.
   */
  public boolean isMute(long nowMicros) {
    return nowMicros - lastSaid > MUTE;
  }

  /** When it was asked for a sign of life that has not come; 0 if it was not. */
  public long pingedAt() {
    return pingedAt;
  }

  /** Notes that it was asked for a sign of life. */
  public void pinged(long nowMicros) {
    pingedAt = nowMicros;
  }

  /** Round-trip time in microseconds; a guess until measured. */
  public long rttMicros() {
    return rttMicros > 0 ? rttMicros : ASSUMED_RTT;
  }

  /** Notes what the transport has measured: the round-trip time, and when it last heard of it. */
  public void measured(long micros, long heardMicros) {
    rttMicros = micros;
    if (heardMicros > lastHeard) {
      lastHeard = heardMicros;
      unanswered = 0;
      acknowledges = true;
      if (heardMicros >= pingedAt && pingedAt - lastSaid < MUTE) {
        pingedAt = 0;
      }
    }
  }

  /** Where the two stand as mesh neighbours. */
  public Mesh mesh() {
    return mesh;
  }

  /** Whether have-maps are exchanged. */
  public boolean isNeighbour() {
    return mesh == Mesh.NEIGHBOUR;
  }

  /** Changes where the two stand as mesh neighbours. */
  public void mesh(Mesh state) {
    mesh = state;
  }

  /** When it was last asked whom it knows; 0 if it was not. */
  public long shuffledAt() {
    return shuffledAt;
  }

  /** Notes that it was asked whom it knows. */
  public void shuffled(long nowMicros) {
    shuffledAt = nowMicros;
  }

  /** In how many substreams it is this peer's parent. */
  public int parentOf() {
    return parentOf;
  }

  /** Counts substreams in which it is this peer's parent. */
  public void parentOf(int change) {
    parentOf += change;
  }

  /** In how many substreams it is this peer's child. */
  public int childIn() {
    return childIn;
  }

  /** Counts substreams in which it is this peer's child. */
  public void childIn(int change) {
    childIn += change;
  }

  /** Whether others depend on it: it is a child that has children of its own. */
  public boolean isVital() {
    return vital && childIn > 0;
  }

  /** Notes that it has children of its own, or can have them. */
  public void vital() {
    vital = true;
  }

  /** Counts questions for a place that it has not answered. */
  public void asks(int change) {
    asks += change;
  }

  /** Whether any room has a use for the connection. */
  public boolean inUse() {
    return mesh != Mesh.NONE || parentOf > 0 || childIn > 0 || asks > 0;
  }

  /** Since when the connection has had no use, if it has none. */
  public long idleSince() {
    return idleSince;
  }

  /** Notes that the connection had a use. */
  public void used(long nowMicros) {
    idleSince = nowMicros;
  }

  /** Takes what it says about its places. */
  public void places(Message.@Nullable Places told, long nowMicros) {
    places = told;
    placesToldAt = nowMicros;
  }

  /** What it last said about its places; null before it has, or since it has refused one. */
  public Message.@Nullable Places places() {
    return places;
  }

  /** When it last told of its places. */
  public long placesToldAt() {
    return placesToldAt;
  }

  /** Which chunks it holds, as far as is known. */
  public HaveMap have() {
    return have;
  }

  /** The epoch that {@link #have} speaks of; -1 before its first have-map. */
  public long haveEpoch() {
    return haveEpoch;
  }

  /** The stream begins anew: what it held is of no use. */
  public void forgetHave() {
    have.clear();
    haveEpoch = -1;
    entry = -1;
    intervalMillis = 0;
    complete = false;
  }

  /** Takes what it says about itself beside the map. */
  public void status(Message.Have told, long nowMicros) {
    if (told.epoch() != haveEpoch) {
      have.clear();
      haveEpoch = told.epoch();
    }
    complete = told.complete();
    queueMillis = told.queueMillis();
    entry = told.entry();
    passedMillis = told.passedMillis();
    intervalMillis = told.intervalMillis();
    toldAt = nowMicros;
  }

  /** When it last told what it holds. */
  public long toldAt() {
    return toldAt;
  }

  /** Whether it needs nothing more of the epoch that {@link #haveEpoch} names, as it says. */
  public boolean isComplete() {
    return complete;
  }

  /** How long it says a chunk would wait for its uplink. */
  public int queueMillis() {
    return queueMillis;
  }

  /** The latest chunk to start at, as it says; -1 if it knows none. */
  public long entry() {
    return entry;
  }

  /** How much of the stream had passed since then when it told. */
  public int passedMillis() {
    return passedMillis;
  }

  /** How far the last two such chunks lie apart, as it says; 0 if it does not know. */
  public int intervalMillis() {
    return intervalMillis;
  }

  /** How it has served what was asked of it. */
  public ServiceRecord service() {
    return service;
  }

  /** Chunks it has asked for that wait here. */
  public int requestsQueued() {
    return requestsQueued;
  }

  /** Counts chunks it has asked for. */
  public void requestsQueued(int change) {
    requestsQueued += change;
  }

  /**
   * Takes one from an allowance that refills with time.
   *
   * @return false if it is used up: the peer asks too much
   */
  public boolean spend(double perSecond, double most, long nowMicros) {
    allowance.earn(perSecond, most, nowMicros);
    return allowance.take(1);
  }

  @Override
  public String toString() {
    return "peer " + id;
  }
}

package dev.livestream.node;

import dev.livestream.crypto.ChannelId;
import dev.livestream.crypto.PeerId;
import dev.livestream.engine.EngineConfig;
import dev.livestream.engine.EngineEvent;
import dev.livestream.engine.Input;
import dev.livestream.engine.Output;
import dev.livestream.engine.SwarmEngine;
import dev.livestream.engine.Tuning;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.ConnectionStats;
import dev.livestream.spi.Loop;
import dev.livestream.spi.TransferOutcome;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream on an endpoint: feeds an engine with what happens, and carries out what it wants.
 *
 * <p>Everything runs on the loop but what says otherwise. Inputs that arise while outputs are being
 * carried out wait their turn, so that the engine is never entered twice. The engine never sees an
 * exception from outside, and one of its own is logged and ends nothing but its step.
 */
public final class StreamNode {
  private static final Logger LOG = LoggerFactory.getLogger(StreamNode.class);
  private static final long MEASURE_MICROS = 120_000;

  private final Node node;
  private final StreamConfig config;
  private final StreamListener listener;
  private final SwarmEngine engine;
  private final TrafficMeter traffic = new TrafficMeter();
  private final Map<PeerId, PeerLink> links = new LinkedHashMap<>();
  private final Outputs outputs;
  private final Deque<Input> inbox = new ArrayDeque<>();
  private final OwnRecord ownRecord;
  private final long joinedMicros;
  private Loop.@Nullable Scheduled timer;
  private Loop.@Nullable Scheduled measuring;
  private Loop.@Nullable Scheduled resigning;
  private long armedFor = Long.MAX_VALUE;
  private boolean driving;
  private boolean left;
  private @Nullable CloseReason lastFailure;
  private volatile @Nullable StreamSnapshot last;

  StreamNode(Node node, StreamConfig config, StreamListener listener, RandomGenerator random) {
    this.node = node;
    this.config = config;
    this.listener = listener;
    this.outputs = new Outputs(this, links, listener);
    this.ownRecord = new OwnRecord(node, config.leaf());
    this.joinedMicros = node.loop().nowMicros();
    this.engine =
        new SwarmEngine(
            new EngineConfig(
                config.channel(),
                node.id(),
                config.role(),
                config.leaf(),
                config.delivers(),
                TimeUnit.NANOSECONDS.toMicros(config.targetLatency().toNanos()),
                config.uploadLimit(),
                Tuning.DEFAULT),
            new ChannelAuthenticator(config.channel(), ProvenInProcess.SIGNATURES),
            random,
            joinedMicros);
  }

  void start() {
    feed(new Input.LocalRecord(ownRecord.sign()));
    if (!config.hints().isEmpty()) {
      feed(new Input.Bootstrap(config.hints()));
    }
    measuring = node.loop().schedule(MEASURE_MICROS, this::measure);
  }

  /** Which stream it is. Callable from any thread. */
  public ChannelId channel() {
    return config.channel();
  }

  /** The endpoint it lives on. Callable from any thread. */
  public Node node() {
    return node;
  }

  /** When it joined, in loop time. Callable from any thread. */
  public long joinedMicros() {
    return joinedMicros;
  }

  /** Publishes the source's next chunk. */
  public void publish(Chunk chunk) {
    feed(new Input.Publish(chunk));
  }

  /** Publishes the source's manifest. */
  public void publishManifest(Manifest manifest) {
    feed(new Input.PublishManifest(manifest));
  }

  /** How long a chunk queued now would wait for the uplink, in microseconds. */
  public long uplinkQueueMicros() {
    return engine.stats().uplinkQueueMicros();
  }

  /** Whether those connected have fetched everything they could want. */
  public boolean drained() {
    return left || engine.drained();
  }

  /** Why the latest connection failed or ended, or null if none has. */
  public @Nullable CloseReason lastFailure() {
    return lastFailure;
  }

  /** Takes the figures. */
  public StreamSnapshot snapshot() {
    if (!left) {
      last = new StreamSnapshot(engine.stats(), engine.topology(), traffic.snapshot());
    }
    StreamSnapshot known = last;
    if (known == null) {
      throw new IllegalStateException("left before the first snapshot");
    }
    return known;
  }

  /** The figures taken last, or null if none were. Callable from any thread. */
  public @Nullable StreamSnapshot lastSnapshot() {
    return last;
  }

  /** Begins to leave: those who are served here are to find others first. */
  public void withdraw() {
    if (!left) {
      feed(new Input.Withdraw());
    }
  }

  /** Whether nobody would miss this peer any more. */
  public boolean withdrawn() {
    return left || engine.withdrawn(node.loop().nowMicros());
  }

  /** Says goodbye, closes the connections and ends. */
  public void leave() {
    if (left) {
      return;
    }
    if (driving) {
      // Asked for by a listener, in the middle of a step: the step comes to its end first.
      node.loop().execute(this::leave);
      return;
    }
    feed(new Input.Leave());
    snapshot();
    left = true;
    for (PeerLink link : new ArrayList<>(links.values())) {
      link.close(CloseReason.LEAVING);
    }
    links.clear();
    cancel(timer);
    cancel(measuring);
    cancel(resigning);
    node.gone(this);
  }

  /** Connections of this stream. */
  int connections() {
    return links.size();
  }

  /**
   * Whether its engine reckons with all that leaves: under a limit, or as a source with its copies.
   */
  boolean isCharged() {
    return config.uploadLimit() > 0 || config.role() == Role.SOURCE;
  }

  /** Bytes have left for this stream that its engine has not paid for. */
  void overhead(long bytes) {
    feed(new Input.Overhead(bytes));
  }

  TrafficMeter traffic() {
    return traffic;
  }

  /** A connection that this side dialled is open. */
  void dialled(PeerLink link) {
    PeerLink current = links.get(link.remoteId());
    if (left) {
      link.close(CloseReason.LEAVING);
    } else if (current != null && (current.isOutgoing() || !wins(link))) {
      // Of two that this side dialled the first stays: the other side may not have seen the second.
      link.close(CloseReason.DONE);
      if (link.expected() == null) {
        // The engine waits for an answer about this address; about a peer it has had one.
        connectFailed(link, CloseReason.DONE);
      }
    } else {
      adopt(link, current);
    }
  }

  /** A connection that the other side dialled has said hello; says whether it stays. */
  boolean welcomed(PeerLink link) {
    PeerLink current = links.get(link.remoteId());
    // Of two that the other side dialled the second stays: it has lost the first.
    if (current != null && current.isOutgoing() && !wins(link)) {
      link.close(CloseReason.DONE);
      return false;
    }
    adopt(link, current);
    return !link.isDead();
  }

  private void adopt(PeerLink link, @Nullable PeerLink current) {
    PeerId peer = link.remoteId();
    if (current != null) {
      links.remove(peer);
      current.close(CloseReason.DONE);
      feed(new Input.Disconnected(peer, CloseReason.DONE));
    }
    links.put(peer, link);
    feed(new Input.Connected(peer, link.connection().remoteAddress(), link.isOutgoing()));
  }

  /** Of two connections dialled from both sides, the one that the lower id dialled stays. */
  private boolean wins(PeerLink link) {
    boolean lower = node.id().compareTo(link.remoteId()) < 0;
    return link.isOutgoing() == lower;
  }

  void connectFailed(PeerLink link, CloseReason reason) {
    if (reason != CloseReason.DONE) {
      lastFailure = reason;
    }
    feed(new Input.ConnectFailed(link.dialledAddress(), link.expected(), reason));
  }

  void disconnected(PeerLink link, CloseReason reason) {
    PeerId peer = link.remoteId();
    if (links.remove(peer, link)) {
      lastFailure = reason;
      feed(new Input.Disconnected(peer, reason));
    }
  }

  /** A peer was thrown out before the engine could see what it did. */
  void banned(PeerId peer, String why) {
    try {
      listener.notice(new EngineEvent.PeerBanned(peer, why));
    } catch (RuntimeException e) {
      LOG.error("A listener of {} failed", config.channel(), e);
    }
  }

  void received(PeerLink link, Message message) {
    if (isCurrent(link)) {
      feed(new Input.Received(link.remoteId(), message));
    }
  }

  void receivedChunk(PeerLink link, Chunk chunk) {
    if (isCurrent(link)) {
      feed(new Input.ReceivedChunk(link.remoteId(), chunk));
    }
  }

  void transferEnded(PeerLink link, long transfer, TransferOutcome outcome) {
    if (isCurrent(link)) {
      feed(new Input.TransferEnded(link.remoteId(), transfer, outcome));
    }
  }

  private boolean isCurrent(PeerLink link) {
    return links.get(link.remoteId()) == link;
  }

  /** The endpoint's addresses have changed: sign anew, but not so often that peers are bothered. */
  void addressesChanged() {
    if (left || resigning != null) {
      return;
    }
    resigning =
        node.loop()
            .schedule(
                ownRecord.waitMicros(),
                () -> {
                  resigning = null;
                  feed(new Input.LocalRecord(ownRecord.sign()));
                });
  }

  private void measure() {
    for (PeerLink link : List.copyOf(links.values())) {
      ConnectionStats path = link.connection().stats();
      if (path.rttMicros() > 0 && isCurrent(link)) {
        feed(new Input.PathMeasured(link.remoteId(), path.rttMicros(), path.heardMicros()));
      }
    }
    if (!left) {
      measuring = node.loop().schedule(MEASURE_MICROS, this::measure);
    }
  }

  private void feed(Input input) {
    if (left) {
      return;
    }
    inbox.add(input);
    if (!driving) {
      drive();
    }
  }

  private void drive() {
    driving = true;
    try {
      for (Input input = inbox.poll(); input != null; input = inbox.poll()) {
        try {
          engine.handle(input, node.loop().nowMicros());
        } catch (RuntimeException e) {
          LOG.error("The engine of {} failed at {}", config.channel(), input, e);
        }
        carryOut();
      }
    } finally {
      driving = false;
    }
    arm();
  }

  private void carryOut() {
    for (Output output = engine.poll(); output != null; output = engine.poll()) {
      try {
        outputs.carryOut(output);
      } catch (RuntimeException e) {
        LOG.error("Could not carry out {} for {}", output, config.channel(), e);
      }
    }
  }

  /** Sees to it that the engine is woken in time. A timer that fires too early costs little. */
  private void arm() {
    long due = left ? Long.MAX_VALUE : engine.nextTimeout();
    if (due >= armedFor) {
      return;
    }
    cancel(timer);
    armedFor = due;
    timer = node.loop().schedule(Math.max(0, due - node.loop().nowMicros()), this::wake);
  }

  private void wake() {
    armedFor = Long.MAX_VALUE;
    timer = null;
    if (left) {
      return;
    }
    long now = node.loop().nowMicros();
    if (now >= engine.nextTimeout()) {
      driving = true;
      try {
        engine.tick(now);
      } catch (RuntimeException e) {
        LOG.error("The engine of {} failed at a tick", config.channel(), e);
      }
      carryOut();
      driving = false;
    }
    // Also takes in what carrying out has brought about.
    drive();
  }

  private static void cancel(Loop.@Nullable Scheduled task) {
    if (task != null) {
      task.cancel();
    }
  }
}

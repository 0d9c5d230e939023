package dev.livestream.engine;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.membership.Dialer;
import dev.livestream.engine.membership.Liveness;
import dev.livestream.engine.membership.Mesh;
import dev.livestream.engine.membership.PassiveView;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.membership.PeerBook;
import dev.livestream.engine.upload.Uploader;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import dev.livestream.wire.WireLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One peer's part in one stream: the whole protocol, without I/O.
 *
 * <h2>How to drive it</h2>
 *
 * <ol>
 *   <li>{@link #handle} once for everything that happens, with the time it happened.
 *   <li>{@link #tick} when {@link #nextTimeout} has come.
 *   <li>After either, {@link #poll} until it gives null, carrying out each output in order.
 * </ol>
 *
 * Time never goes back between calls. The same calls with the same random generator give the same
 * outputs. Not thread-safe.
 *
 * <p>This class knows about connections and who is behind them; what concerns the stream itself is
 * in {@link StreamSession}.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class SwarmEngine {
  private static final long TICK = 20_000;
  private static final long REST_TICK = 100_000;
  private static final int MAX_HINTS = 16;
  private static final int FIRST_DIALS = 6;
  private static final int MAX_BANNED = 1_024;
  private static final int DEFAULT_WINDOW = 1_024;
  private static final long HINT_INTERVAL = 1_000_000;
  private static final long ISOLATED_AFTER = 5_000_000;

  private final EngineContext context;
  private final PeerBook book = new PeerBook();
  private final PassiveView passive;
  private final Dialer dialer;
  private final Mesh mesh;
  private final Liveness liveness;
  private final Uploader uploader;
  private final Map<PeerId, Boolean> banned = new LinkedHashMap<>();
  private final Map<PeerAddress, Boolean> hints = new LinkedHashMap<>();
  private final long cameAt;
  private @Nullable StreamSession session;
  private @Nullable PeerRecord record;
  private long nextTick;
  private long nextHint;
  private long nextPump = Long.MAX_VALUE;
  private long nextDeadline = Long.MAX_VALUE;
  private long lastCompany;
  private boolean left;

  /** Makes an engine that knows nobody yet. */
  public SwarmEngine(
      EngineConfig config, Authenticator authenticator, RandomGenerator random, long nowMicros) {
    this.context =
        new EngineContext(
            config,
            new Outbox(),
            random,
            authenticator,
            new Counters(),
            new Lateness(),
            new Tempo());
    this.passive = new PassiveView(config.self(), config.tuning().passiveView(), random);
    this.dialer = new Dialer(context, book);
    this.mesh = new Mesh(context, book, passive, dialer, nowMicros);
    this.liveness = new Liveness(context, book);
    this.uploader = new Uploader(context, nowMicros);
    this.nextTick = nowMicros + random.nextLong(TICK);
    this.lastCompany = nowMicros;
    this.cameAt = nowMicros;
  }

  /** Takes in what has happened. */
  public void handle(Input input, long nowMicros) {
    if (!left) {
      dispatch(input, nowMicros);
      schedule(nowMicros);
    }
  }

  private void dispatch(Input input, long nowMicros) {
    if (input instanceof Input.ReceivedChunk in) {
      received(in, nowMicros);
    } else if (input instanceof Input.Received in) {
      heard(in, nowMicros);
    } else if (input instanceof Input.TransferEnded in) {
      uploader.ended(in.transfer(), in.outcome(), nowMicros);
      uploader.pump(nowMicros);
    } else if (input instanceof Input.Overhead in) {
      uploader.charge(in.bytes(), nowMicros);
    } else if (input instanceof Input.PathMeasured in) {
      Peer peer = book.find(in.peer());
      if (peer != null) {
        peer.measured(in.rttMicros(), Math.min(in.heardMicros(), nowMicros));
      }
    } else if (input instanceof Input.Publish in) {
      source().publish(in.chunk(), nowMicros);
    } else if (input instanceof Input.PublishManifest in) {
      adopt(in.manifest(), nowMicros);
    } else if (input instanceof Input.Connected in) {
      connected(in, nowMicros);
    } else if (input instanceof Input.ConnectFailed in) {
      connectFailed(in, nowMicros);
    } else if (input instanceof Input.Disconnected in) {
      disconnected(in.peer(), in.reason(), nowMicros);
    } else if (input instanceof Input.LocalRecord in) {
      localRecord(in.record());
    } else if (input instanceof Input.Bootstrap in) {
      bootstrap(in.addresses(), nowMicros);
    } else if (input instanceof Input.Introduced in) {
      introduced(in.records(), nowMicros);
    } else if (input instanceof Input.Withdraw) {
      withdraw(nowMicros);
    } else if (input instanceof Input.Leave) {
      leave(nowMicros);
    }
  }

  private StreamSession source() {
    if (session == null || context.config().role() != Role.SOURCE) {
      throw new IllegalStateException("only a source with a manifest can publish");
    }
    return session;
  }

  private void localRecord(PeerRecord own) {
    record = own;
    if (session != null) {
      session.ownRecord(own);
    }
  }

  private void bootstrap(List<PeerAddress> addresses, long nowMicros) {
    for (PeerAddress address : addresses) {
      if (hints.size() < MAX_HINTS) {
        hints.put(address, true);
        dialer.dial(address, nowMicros);
      }
    }
  }

  private void introduced(List<PeerRecord> records, long nowMicros) {
    records.forEach(passive::add);
    int dialled = 0;
    for (PeerRecord introduced : records) {
      if (dialled < FIRST_DIALS && dialer.dial(introduced, nowMicros)) {
        dialled++;
      }
    }
  }

  private void connected(Input.Connected in, long nowMicros) {
    PeerId id = in.peer();
    dialer.connected(id, in.address());
    if (book.find(id) != null) {
      throw new IllegalStateException("connected twice to " + id);
    }
    PeerRecord own = record;
    if (banned.containsKey(id) || id.equals(context.config().self()) || own == null) {
      unreachable(id);
      context.outbox().disconnect(id, CloseReason.DONE);
      return;
    }
    int windowChunks =
        session == null ? DEFAULT_WINDOW : session.manifest().parameters().windowChunks();
    book.add(new Peer(id, in.address(), in.outgoing(), windowChunks, nowMicros));
    context
        .outbox()
        .send(
            id,
            new Message.Hello(
                WireLimits.VERSION,
                WireLimits.VERSION,
                context.config().channel(),
                own,
                context.config().role(),
                in.address(),
                session == null ? 0 : session.manifest().epoch(),
                session == null ? 0 : session.manifest().version()));
  }

  private void connectFailed(Input.ConnectFailed in, long nowMicros) {
    PeerId expected = in.expected();
    if (expected == null) {
      dialer.hintFailed(in.address());
      return;
    }
    dialer.failed(expected, nowMicros);
    passive.remove(expected);
    unreachable(expected);
  }

  private void unreachable(PeerId id) {
    if (session != null) {
      session.unreachable(id);
    }
  }

  private void disconnected(PeerId id, CloseReason reason, long nowMicros) {
    Peer peer = book.find(id);
    if (peer == null) {
      return;
    }
    book.remove(id);
    context.outbox().forget(id);
    if (reason == CloseReason.LOST || reason == CloseReason.LEAVING) {
      passive.remove(id);
      dialer.failed(id, nowMicros);
    }
    if (reason == CloseReason.LOST) {
      mesh.lost(nowMicros);
    }
    if (session != null) {
      session.disconnected(peer, nowMicros);
    }
    if (peer.greeted()) {
      context.outbox().notice(new EngineEvent.PeerLeft(id, reason));
    }
  }

  /** Ends a connection from this side. */
  private void part(Peer peer, CloseReason reason, long nowMicros) {
    context.outbox().disconnect(peer.id(), reason);
    disconnected(peer.id(), reason, nowMicros);
  }

  private void ban(Peer peer, CloseReason reason, String why, long nowMicros) {
    if (banned.size() >= MAX_BANNED) {
      banned.remove(banned.keySet().iterator().next());
    }
    banned.put(peer.id(), true);
    context.counters().bannedPeers++;
    context
        .outbox()
        .notice(
            reason == CloseReason.FORGERY
                ? new EngineEvent.ForgeryRejected(peer.id())
                : new EngineEvent.PeerBanned(peer.id(), why));
    passive.remove(peer.id());
    part(peer, reason, nowMicros);
  }

  private void received(Input.ReceivedChunk in, long nowMicros) {
    Peer peer = book.greeted(in.peer());
    context.counters().chunkBytesDown += in.chunk().frameBytes();
    context.counters().payloadDown += in.chunk().payloadBytes();
    context.counters().proofBytesDown += in.chunk().proof().encodedSize();
    if (peer == null || session == null) {
      return;
    }
    peer.heard(nowMicros);
    CloseReason wrong = session.received(peer, in.chunk(), nowMicros);
    if (wrong != null) {
      ban(peer, wrong, "sent a chunk that cannot be", nowMicros);
    }
  }

  private void heard(Input.Received in, long nowMicros) {
    context.counters().controlMessagesDown++;
    Peer peer = book.find(in.peer());
    if (peer == null) {
      return;
    }
    peer.heard(nowMicros);
    Message message = in.message();
    if (message instanceof Message.Hello hello) {
      hello(peer, hello, nowMicros);
    } else if (!peer.greeted()) {
      ban(peer, CloseReason.PROTOCOL_ERROR, "spoke before its hello", nowMicros);
    } else if (message instanceof Message.ManifestUpdate update) {
      manifest(peer, update.manifest(), nowMicros);
    } else if (message instanceof Message.Ping ping) {
      context.outbox().send(peer.id(), new Message.Pong(ping.nonce()));
    } else if (message instanceof Message.Neighbour said) {
      if (mesh.said(peer, said.kind()) && session != null) {
        session.neighbour(peer);
      }
    } else if (message instanceof Message.Shuffle shuffle) {
      mesh.shuffled(peer, shuffle);
    } else if (message instanceof Message.Goodbye goodbye) {
      goodbye.candidates().forEach(passive::add);
      part(peer, goodbye.reason(), nowMicros);
    } else if (!(message instanceof Message.Pong) && session != null) {
      session.said(peer, message, nowMicros);
    }
  }

  private void hello(Peer peer, Message.Hello hello, long nowMicros) {
    if (peer.greeted()) {
      ban(peer, CloseReason.PROTOCOL_ERROR, "said hello twice", nowMicros);
      return;
    }
    if (!hello.channel().equals(context.config().channel())) {
      part(peer, CloseReason.UNKNOWN_STREAM, nowMicros);
      return;
    }
    if (hello.minVersion() > WireLimits.VERSION || hello.version() < WireLimits.VERSION) {
      part(peer, CloseReason.VERSION, nowMicros);
      return;
    }
    if (!hello.record().id().equals(peer.id())
        || !context.authenticator().isGenuine(hello.record())) {
      ban(peer, CloseReason.PROTOCOL_ERROR, "showed another's record", nowMicros);
      return;
    }
    peer.greet(hello.record(), hello.role());
    peer.hasManifest(hello.manifestEpoch(), hello.manifestVersion());
    if (hello.observed() != null) {
      context.outbox().emit(new Output.ObservedAddress(hello.observed()));
    }
    if (!peer.outgoing() && book.size() > context.tuning().maxConnections()) {
      context.outbox().send(peer.id(), new Message.Goodbye(CloseReason.BUSY, mesh.records(peer)));
      part(peer, CloseReason.BUSY, nowMicros);
      return;
    }
    if (!peer.outgoing() && hello.isNewcomer()) {
      // Records are long; whoever has been here for a while knows enough peers.
      context.outbox().send(peer.id(), new Message.Shuffle(mesh.records(peer), true));
    }
    if (hello.role() != Role.SOURCE) {
      // Whoever has the link knows the source; passed on, its address would draw everybody to it.
      passive.add(hello.record());
    }
    if (session != null) {
      session.greeted(peer, hello.isNewcomer(), nowMicros);
    }
    mesh.greeted(peer);
    context.outbox().notice(new EngineEvent.PeerJoined(peer.id()));
  }

  private void manifest(Peer from, Manifest manifest, long nowMicros) {
    if (!manifest.channel().equals(context.config().channel())) {
      ban(from, CloseReason.PROTOCOL_ERROR, "showed another channel's manifest", nowMicros);
      return;
    }
    if (context.config().role() == Role.SOURCE) {
      return;
    }
    from.hasManifest(manifest.epoch(), manifest.version());
    if (session != null && !manifest.supersedes(session.manifest())) {
      return;
    }
    if (!context.authenticator().accept(manifest, nowMicros)) {
      context.counters().rejected++;
      ban(from, CloseReason.FORGERY, "showed a forged manifest", nowMicros);
      return;
    }
    adopt(manifest, nowMicros);
  }

  private void adopt(Manifest manifest, long nowMicros) {
    context.outbox().emit(new Output.ManifestChanged(manifest));
    if (session != null && session.fits(manifest)) {
      session.update(manifest, nowMicros);
      for (Peer peer : book.all()) {
        if (peer.greeted()) {
          session.tellManifest(peer);
        }
      }
      return;
    }
    StreamSession old = session;
    if (old != null) {
      // The stream is cut differently now: every place in the old trees is void.
      old.leave(nowMicros);
      book.all().forEach(peer -> old.disconnected(peer, nowMicros));
      uploader.clear();
    }
    session =
        new StreamSession(context, book, dialer, passive, liveness, uploader, manifest, cameAt);
    // There is something to do at last, and whoever waits for the first picture counts each moment.
    nextTick = Math.min(nextTick, nowMicros);
    if (record != null) {
      session.ownRecord(record);
    }
    for (Peer peer : book.all()) {
      if (peer.greeted()) {
        session.greeted(peer, false, nowMicros);
      }
    }
    if (manifest.ended()) {
      session.update(manifest, nowMicros);
    }
  }

  private void withdraw(long nowMicros) {
    if (session != null && context.config().role() != Role.SOURCE) {
      session.withdraw(nowMicros);
    }
  }

  private void leave(long nowMicros) {
    left = true;
    if (session != null) {
      session.leave(nowMicros);
    }
    for (Peer peer : book.all()) {
      context
          .outbox()
          .send(peer.id(), new Message.Goodbye(CloseReason.LEAVING, mesh.records(peer)));
      context.outbox().disconnect(peer.id(), CloseReason.LEAVING);
    }
  }

  /** Does what is due by now. */
  public void tick(long nowMicros) {
    if (left) {
      return;
    }
    uploader.pump(nowMicros);
    if (nowMicros >= nextTick) {
      tickRooms(nowMicros);
    } else if (session != null && nowMicros >= nextDeadline) {
      session.giveUp(nowMicros);
    }
    schedule(nowMicros);
  }

  private void schedule(long nowMicros) {
    nextPump = uploader.nextPump(nowMicros);
    nextDeadline = session == null ? Long.MAX_VALUE : session.nextDeadline();
  }

  private void tickRooms(long nowMicros) {
    context.lateness().note(nowMicros - nextTick, nowMicros);
    nextTick = nowMicros + (session == null ? REST_TICK : TICK);
    Liveness.Findings findings = liveness.tick(nowMicros);
    for (Peer dead : findings.dead()) {
      part(dead, CloseReason.LOST, nowMicros);
    }
    for (Peer useless : findings.useless()) {
      part(useless, CloseReason.DONE, nowMicros);
    }
    boolean withdrawing = session != null && session.trees().isWithdrawing();
    if (!withdrawing) {
      mesh.tick(nowMicros);
    }
    if (session != null) {
      session.tick(nowMicros);
    }
    if (!withdrawing) {
      lookForCompany(nowMicros);
    }
  }

  private void lookForCompany(long nowMicros) {
    boolean alone = !book.any(Peer::greeted);
    boolean cutOff =
        context.config().role() != Role.SOURCE && (session == null || session.trees().isCutOff());
    if (!alone) {
      lastCompany = nowMicros;
    } else if (nowMicros - lastCompany > ISOLATED_AFTER) {
      lastCompany = nowMicros;
      context.outbox().notice(new EngineEvent.Isolated());
    }
    if (context.config().role() != Role.SOURCE && (alone || cutOff) && nowMicros >= nextHint) {
      nextHint = nowMicros + HINT_INTERVAL + context.random().nextLong(HINT_INTERVAL);
      hints.keySet().forEach(hint -> dialer.dial(hint, nowMicros));
      for (PeerRecord known : passive.sample(FIRST_DIALS / 2)) {
        dialer.dial(known, nowMicros);
      }
    }
  }

  /** When {@link #tick} wants to be called next; {@link Long#MAX_VALUE} for never. */
  public long nextTimeout() {
    return left ? Long.MAX_VALUE : Math.min(nextTick, Math.min(nextPump, nextDeadline));
  }

  /** The next output, or null if there is none for now. */
  public @Nullable Output poll() {
    return context.outbox().poll();
  }

  /** The counters. */
  public EngineStats stats() {
    Counters c = context.counters();
    return new EngineStats(
        book.count(Peer::greeted),
        mesh.size(),
        session == null ? 0 : session.trees().parents(),
        session == null ? 0 : session.trees().taken(),
        session == null ? 0 : session.trees().total(),
        c.chunksReceived,
        c.chunksDelivered,
        c.chunksMissed,
        c.chunksPulled,
        c.duplicates,
        c.duplicateBytes,
        c.rejected,
        c.bannedPeers,
        c.payloadUp,
        c.payloadDown,
        c.proofBytesDown,
        c.chunkBytesUp,
        c.chunkBytesDown,
        context.outbox().messagesSent(),
        c.controlMessagesDown,
        uploader.bytesPerSecond(),
        uploader.queueMicros(),
        session == null ? 0 : session.window().bytes());
  }

  /** Who serves this peer and whom it serves, substream by substream. */
  public Topology topology() {
    List<PeerId> neighbours = book.list(Peer::isNeighbour).stream().map(Peer::id).toList();
    return new Topology(session == null ? List.of() : session.trees().topology(), neighbours);
  }

  /**
   * Whether nobody would miss this peer any more after {@link Input.Withdraw}, or has had time
   * enough to find another parent.
   */
  public boolean withdrawn(long nowMicros) {
    return left || session == null || session.trees().isWithdrawn(nowMicros);
  }

  /**
   * Whether every connected peer is known to have everything up to the end of the stream, so that
   * this one may leave without anybody missing anything. Never before the stream has ended.
   */
  public boolean drained() {
    return session != null && session.manifest().ended() && session.drained();
  }
}

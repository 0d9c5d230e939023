package dev.livestream.engine;

import dev.livestream.crypto.PeerId;
import dev.livestream.crypto.Verdict;
import dev.livestream.engine.membership.Dialer;
import dev.livestream.engine.membership.Liveness;
import dev.livestream.engine.membership.PassiveView;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.membership.PeerBook;
import dev.livestream.engine.playout.Playout;
import dev.livestream.engine.pull.Absence;
import dev.livestream.engine.pull.ChunkServer;
import dev.livestream.engine.pull.HaveExchange;
import dev.livestream.engine.pull.PullScheduler;
import dev.livestream.engine.push.Trees;
import dev.livestream.engine.upload.Uploader;
import dev.livestream.engine.window.ChunkWindow;
import dev.livestream.engine.window.StreamRate;
import dev.livestream.spi.CloseReason;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import dev.livestream.wire.StreamParameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream as this peer takes part in it, from its manifest on. Here a chunk goes its way:
 * verified, into the window, on to the children, and to play-out.
 */
final class StreamSession implements PullScheduler.Needs, Trees.Known {
  private static final long SOURCE_PATIENCE = 3_000_000;
  private static final int MAX_EARLY = 64;
  private static final long MICROS = 1_000_000;

  private final EngineContext context;
  private final StreamParameters parameters;
  private final Uploader uploader;
  private final Playout playout;
  private final PullScheduler pull;
  private final ChunkServer server;
  private final HaveExchange haves;
  private final Start start;
  private final Absence absence;
  private final Trees trees;
  private final StreamRate rate;
  private final PeerBook book;
  private final List<Early> early = new ArrayList<>();
  private ChunkWindow window;
  private Manifest manifest;

  /** A chunk of an epoch whose manifest has not come yet. */
  private record Early(Peer from, Chunk chunk) {}

  StreamSession(
      EngineContext context,
      PeerBook book,
      Dialer dialer,
      PassiveView passive,
      Liveness liveness,
      Uploader uploader,
      Manifest manifest,
      long cameAt) {
    this.context = context;
    this.book = book;
    this.parameters = manifest.parameters();
    this.uploader = uploader;
    this.manifest = manifest;
    this.window = new ChunkWindow(parameters.windowChunks());
    this.rate = new StreamRate(parameters.bitrate(), parameters.maxChunkBytes());
    context.tempo().bytes(rate.mediaBytesPerSecond());
    this.playout = new Playout(context, cameAt);
    this.playout.restart(manifest.epoch());
    this.pull = new PullScheduler(context, book, parameters.windowChunks());
    this.start = new Start(book, pull, playout, parameters.windowChunks());
    this.absence = new Absence(context.config().targetLatencyMicros());
    this.haves = new HaveExchange(context, book, uploader);
    this.trees = new Trees(context, book, dialer, passive, liveness, uploader, rate, parameters);
    this.server = new ChunkServer(context, uploader, trees::isCalm);
  }

  Manifest manifest() {
    return manifest;
  }

  Trees trees() {
    return trees;
  }

  ChunkWindow window() {
    return window;
  }

  /** Whether a session can go on under a manifest, or another is needed. */
  boolean fits(Manifest newer) {
    return newer.parameters().equals(parameters);
  }

  /** A newer manifest of this stream, already found genuine. */
  void update(Manifest newer, long nowMicros) {
    boolean newEpoch = newer.epoch() != manifest.epoch();
    manifest = newer;
    if (newEpoch) {
      window = new ChunkWindow(parameters.windowChunks());
      rate.restart();
      pull.clear();
      server.clear();
      uploader.clear();
      playout.restart(newer.epoch());
      start.restart();
      absence.restart();
      trees.restart();
      book.all().forEach(Peer::forgetHave);
    }
    if (newer.ended()) {
      pull.exists(newer.endSequence(), nowMicros);
      start.ended();
      playout.endAt(newer.endSequence(), window, nowMicros);
    }
    List<Early> waiting = List.copyOf(early);
    early.clear();
    for (Early one : waiting) {
      if (book.find(one.from.id()) == one.from) {
        received(one.from, one.chunk, nowMicros);
      }
    }
  }

  /** The broadcaster's own chunk. */
  void publish(Chunk chunk, long nowMicros) {
    uploader.published(chunk.payloadBytes(), nowMicros);
    arrived(chunk);
    window.add(chunk);
    pull.exists(window.end(), nowMicros);
    trees.forward(chunk, null, expiry(chunk), nowMicros);
    uploader.pump(nowMicros);
  }

  /**
   * A chunk has come. Checks go from cheap to dear: epoch, window, duplicate, proof.
   *
   * @return what is wrong with the peer that sent it; null if nothing
   */
  @Nullable CloseReason received(Peer from, Chunk chunk, long nowMicros) {
    if (context.config().role() == Role.SOURCE) {
      // Whatever is genuine was made here.
      duplicate(from, chunk, nowMicros);
      return null;
    }
    if (chunk.epoch() != manifest.epoch()) {
      if (chunk.epoch() > manifest.epoch() && early.size() < MAX_EARLY) {
        early.add(new Early(from, chunk));
      }
      return null;
    }
    long sequence = chunk.sequence();
    if (from.haveEpoch() == chunk.epoch()) {
      from.have().add(sequence);
    }
    if (window.isPast(sequence) || window.has(sequence)) {
      duplicate(from, chunk, nowMicros);
      return null;
    }
    if (isBeyondReach(chunk)) {
      return CloseReason.PROTOCOL_ERROR;
    }
    Verdict verdict = context.authenticator().verify(chunk, nowMicros);
    if (verdict != Verdict.VERIFIED) {
      context.counters().rejected++;
      return verdict == Verdict.BAD_SIGNATURE ? CloseReason.FORGERY : null;
    }
    accept(from, chunk, nowMicros);
    return null;
  }

  private void arrived(Chunk chunk) {
    if (rate.arrived(chunk)) {
      context.tempo().bytes(rate.mediaBytesPerSecond());
      context.tempo().chunks(rate.chunksPerSecond() / parameters.substreams());
    }
  }

  private boolean isBeyondReach(Chunk chunk) {
    return chunk.payloadBytes() > parameters.maxChunkBytes()
        || (manifest.ended() && chunk.sequence() >= manifest.endSequence());
  }

  private void duplicate(Peer from, Chunk chunk, long nowMicros) {
    context.counters().duplicates++;
    context.counters().duplicateBytes += chunk.frameBytes();
    // Late, but the parent does its work: it must not be taken for a silent one.
    if (chunk.sequence() >= pull.knownEnd() - parameters.windowChunks()) {
      trees.push().cameFrom(from, chunk, pull.knownSince(chunk.sequence()), nowMicros);
    }
  }

  private void accept(Peer from, Chunk chunk, long nowMicros) {
    long sequence = chunk.sequence();
    context.counters().chunksReceived++;
    arrived(chunk);
    absence.heard(chunk, rate.chunksPerSecond(), nowMicros);
    if (window.end() == 0 && pull.knownEnd() > sequence + parameters.windowChunks()) {
      // The first proof of where the stream is shows that what was claimed cannot be.
      pull.clear();
    }
    window.add(chunk);
    pull.exists(sequence + 1, nowMicros);
    boolean pulled = pull.arrived(sequence, from, this, nowMicros);
    if (pulled) {
      context.counters().chunksPulled++;
      trees
          .push()
          .repaired(
              from,
              new Message.Cancel(manifest.epoch(), new long[] {sequence}),
              pull.knownSince(sequence),
              nowMicros);
    }
    boolean pushed = trees.push().cameFrom(from, chunk, pull.knownSince(sequence), nowMicros);
    // Repaired chunks too: the children miss them just as much.
    trees.forward(chunk, from, expiry(chunk), nowMicros);
    server.arrived(chunk, window, rate, nowMicros);
    if (!trees.isWithdrawing()) {
      start.arrived(chunk, window, nowMicros);
      playout.passOver(absence.over(), window, nowMicros);
      playout.arrived(chunk, pushed, window, nowMicros);
    }
    context.authenticator().forgetBefore(manifest.epoch(), window.base());
    uploader.pump(nowMicros);
  }

  /** Until when a chunk is worth passing on. */
  private long expiry(Chunk chunk) {
    long timestamp = chunk.meta().timestampMicros();
    // How long viewers wait a source cannot know, and what it drops nobody has.
    return context.config().role() == Role.SOURCE
        ? timestamp + SOURCE_PATIENCE
        : playout.worthUntil(timestamp);
  }

  /** A peer said something about the stream. */
  void said(Peer peer, Message message, long nowMicros) {
    if (message instanceof Message.Have have) {
      if (have.epoch() == manifest.epoch()) {
        haves.told(peer, have, nowMicros);
        start.told(peer, manifest.epoch(), window, nowMicros);
      }
    } else if (message instanceof Message.Request request) {
      server.asked(peer, request, manifest.epoch(), window, rate, nowMicros);
      uploader.pump(nowMicros);
    } else if (message instanceof Message.Refuse refuse) {
      if (refuse.epoch() == manifest.epoch()) {
        pull.refused(peer, refuse.sequences(), nowMicros);
      }
    } else if (message instanceof Message.Cancel cancel) {
      if (cancel.epoch() == manifest.epoch()) {
        server.cancelled(peer, cancel);
      }
    } else {
      trees.said(peer, message, nowMicros);
    }
  }

  /** A peer has said hello. */
  void greeted(Peer peer, boolean newcomer, long nowMicros) {
    tellManifest(peer);
    haves.tell(peer, isComplete(), manifest.epoch(), window, rate);
    trees.greeted(peer, newcomer, nowMicros);
  }

  /** Sends a peer the manifest, unless it has it. */
  void tellManifest(Peer peer) {
    if (peer.lacksManifest(manifest.epoch(), manifest.version())) {
      peer.hasManifest(manifest.epoch(), manifest.version());
      context.outbox().send(peer.id(), new Message.ManifestUpdate(manifest));
    }
  }

  /** A peer has become a mesh neighbour. */
  void neighbour(Peer peer) {
    haves.tell(peer, isComplete(), manifest.epoch(), window, rate);
  }

  /** A peer has gone. */
  void disconnected(Peer peer, long nowMicros) {
    pull.drop(peer);
    server.drop(peer);
    uploader.drop(peer, nowMicros);
    trees.disconnected(peer);
  }

  /** A peer cannot be reached. */
  void unreachable(PeerId id) {
    trees.unreachable(id);
  }

  void ownRecord(PeerRecord record) {
    trees.ownRecord(record);
  }

  /** The program leaves. */
  void leave(long nowMicros) {
    trees.withdraw(nowMicros);
  }

  /**
   * The program is about to leave: nothing more is handed to it, and children are served until they
   * have found other parents. A stream that has ended needs nobody's place.
   */
  void withdraw(long nowMicros) {
    if (!manifest.ended()) {
      trees.withdraw(nowMicros);
    }
  }

  /** Does what is due. */
  void tick(long nowMicros) {
    server.tick(manifest.epoch(), nowMicros);
    if (trees.isWithdrawing()) {
      trees.tick(this, nowMicros);
      uploader.pump(nowMicros);
      return;
    }
    if (context.config().role() != Role.SOURCE) {
      start.tick(manifest.epoch(), window, nowMicros);
      playout.tick(window, nowMicros);
      absence.tick(pull.knownEnd(), nowMicros);
      pull.tick(this, nowMicros);
    }
    trees.tick(this, nowMicros);
    haves.tick(isComplete(), manifest.epoch(), window, rate, nowMicros);
    uploader.pump(nowMicros);
  }

  private boolean isComplete() {
    boolean source = context.config().role() == Role.SOURCE;
    return source ? manifest.ended() : playout.ended();
  }

  /** When play-out will give something up unless it comes before. */
  long nextDeadline() {
    return trees.isWithdrawing() ? Long.MAX_VALUE : playout.nextDeadline(window);
  }

  /** Gives up what is too late by now. */
  void giveUp(long nowMicros) {
    playout.tick(window, nowMicros);
  }

  /** Whether every connected peer is known to have everything. */
  boolean drained() {
    if (!uploader.isIdle()) {
      return false;
    }
    for (Peer peer : book.all()) {
      boolean complete = peer.haveEpoch() == manifest.epoch() && peer.isComplete();
      if (peer.greeted() && !complete) {
        return false;
      }
    }
    return true;
  }

  // What the pull scheduler and the watch over parents ask.

  @Override
  public long from() {
    return playout.started()
        ? Math.max(Math.max(playout.next(), window.base()), absence.from())
        : start.from(manifest.epoch());
  }

  @Override
  public long nextMissing(long from) {
    return window.nextMissing(from);
  }

  @Override
  public long patience(long sequence) {
    return playout.started() ? trees.push().patience(sequence, pull.knownSince(sequence)) : 0;
  }

  @Override
  public PushState push(long sequence, long nowMicros) {
    return trees.push().state(sequence, pull.knownSince(sequence), nowMicros);
  }

  @Override
  public @Nullable Peer parent(long sequence) {
    return trees.push().parent(sequence);
  }

  @Override
  public boolean isFedByUs(Peer peer, long sequence) {
    return trees.isChild(peer, sequence);
  }

  @Override
  public double chunksPerSecond() {
    return rate.chunksPerSecond();
  }

  @Override
  public long deadline(long sequence) {
    long since = pull.knownSince(sequence);
    return Math.max(
        playout.deadline(since - MICROS / 10), since + context.config().targetLatencyMicros() / 2);
  }

  @Override
  public long epoch() {
    return manifest.epoch();
  }

  @Override
  public long end() {
    return pull.knownEnd();
  }

  @Override
  public long since(long sequence) {
    return pull.knownSince(sequence);
  }
}

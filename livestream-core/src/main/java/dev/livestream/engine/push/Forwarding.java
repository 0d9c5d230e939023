package dev.livestream.engine.push;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.upload.Uploader;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Role;
import org.jspecify.annotations.Nullable;

/**
 * Sends chunks on to children, and lets a child go when it has been sent its last one.
 *
 * <p>A child that changes parents misses nothing and gets nothing twice: its new parent says which
 * chunk it will push first, and the former one goes on up to that one. Mostly the new one is nearer
 * to the source, so that some chunks have left it and have not come to the former yet.
 */
final class Forwarding {
  private static final long FURTHER_COPIES_LAST = 1_000_000;
  private static final long HANDOVER = 1_500_000;

  private final EngineContext context;
  private final Uploader uploader;
  private final Rush rush;
  private final int substreams;

  Forwarding(EngineContext context, Uploader uploader, Rush rush, int substreams) {
    this.rush = rush;
    this.context = context;
    this.uploader = uploader;
    this.substreams = substreams;
  }

  /** Sends a chunk to a substream's children, but not back to where it came from. */
  void forward(
      Substream substream, Chunk chunk, @Nullable Peer from, long expires, long nowMicros) {
    if (!uploader.leavesOut(chunk, rush.isOn(nowMicros))) {
      pushToAll(substream, chunk, from, expires, nowMicros);
    }
    substream.forwarded(chunk.sequence());
    releaseServed(substream);
  }

  private void pushToAll(
      Substream substream, Chunk chunk, @Nullable Peer from, long expires, long nowMicros) {
    long sequence = chunk.sequence();
    long allowance = context.allowance(nowMicros);
    boolean first = true;
    for (Child child : substream.children()) {
      // What goes to the dead is lost to the living; who lives after all asks for it.
      if (child.peer() != from
          && !child.peer().have().has(sequence)
          && child.wants(sequence)
          && !child.peer().isSilent(nowMicros, allowance)) {
        push(child, chunk, first, expires, nowMicros);
        first = false;
      }
    }
  }

  private void push(Child child, Chunk chunk, boolean first, long expires, long nowMicros) {
    if (context.config().role() == Role.SOURCE) {
      // With one copy out, a chunk can get everywhere: the others are given up before they hold up
      // what is newer.
      long lasts = first ? expires : Math.min(expires, nowMicros + FURTHER_COPIES_LAST);
      uploader.push(child.peer(), chunk, lasts, nowMicros);
    } else if (uploader.hurries(chunk)) {
      uploader.pushAhead(child.peer(), chunk, expires, nowMicros);
    } else if (child.slots() > 0) {
      uploader.push(child.peer(), chunk, expires, nowMicros);
    } else if (child.waits(nowMicros)) {
      uploader.pushLast(child.peer(), chunk, expires, nowMicros);
    } else {
      uploader.pushToLeaf(child.peer(), chunk, expires, nowMicros);
    }
  }

  /** The first chunk that a child which comes now will be pushed; 0 before any was. */
  long next(Substream substream) {
    long latest = substream.latestForwarded();
    return latest < 0 ? 0 : latest + substreams;
  }

  /** A child has found another parent, and wants only what comes before a chunk; 0 for nothing. */
  void handOver(Substream substream, Peer peer, long until, long nowMicros) {
    Child child = substream.child(peer);
    if (child == null) {
      return;
    }
    if (until <= next(substream)) {
      substream.release(peer);
    } else {
      child.wantsUntil(until);
      substream.dismiss(child, nowMicros + HANDOVER);
    }
  }

  private void releaseServed(Substream substream) {
    if (!substream.isLeft()) {
      return;
    }
    long next = next(substream);
    for (int i = substream.children().size() - 1; i >= 0; i--) {
      Child child = substream.children().get(i);
      if (!child.wants(next)) {
        substream.release(child.peer());
      }
    }
  }
}

package dev.livestream.engine.push;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.membership.PeerBook;
import dev.livestream.engine.upload.Uploader;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import dev.livestream.wire.WireLimits;
import java.util.Arrays;

/**
 * Tells the neighbours what places this peer has, and how soon chunks would leave it for whoever
 * took one.
 *
 * <p>Delay cannot be told as such, because clocks differ. So a peer says what the broadcaster wrote
 * at which moment would leave it <i>now</i>; the listener compares that with its own clock, and
 * gets the delay with which the chunk would reach itself, the way between the two included. What
 * leaves now has come here some time after it was written ({@link Lag}), and has then waited for
 * its turn: a child that passes chunks on waits for others that do, one that does not for all
 * children.
 */
final class Announcements {
  private static final long SOON = 200_000;
  private static final long UNKNOWN_LAG = 1_000_000;
  private static final int SOURCE_WAIT = 8;

  private final EngineContext context;
  private final PeerBook book;
  private final Trees trees;
  private final ChildPlaces places;
  private final Slots slots;
  private final Uploader uploader;
  private long tellAt;
  private long lookAt;
  // Whoever had nothing to give and now has says so soon.
  private boolean offered;

  Announcements(
      EngineContext context,
      PeerBook book,
      Trees trees,
      ChildPlaces places,
      Slots slots,
      Uploader uploader) {
    this.context = context;
    this.book = book;
    this.trees = trees;
    this.places = places;
    this.slots = slots;
    this.uploader = uploader;
  }

  /** Tells the neighbours, now and then. */
  void tick(long nowMicros) {
    if (context.config().leaf() || nowMicros < Math.min(lookAt, tellAt)) {
      return;
    }
    lookAt = nowMicros + context.tempo().paced(SOON);
    Message.Places told = own(nowMicros);
    boolean offers = offersAny(told);
    if (nowMicros < tellAt && (offered || !offers)) {
      return;
    }
    offered = offers;
    tellAt = context.nextRound(context.tempo().paced(context.tuning().haveInterval()), nowMicros);
    boolean source = context.config().role() == Role.SOURCE;
    for (Peer peer : book.all()) {
      if (peer.isNeighbour() || peer.isVital() || (source && peer.greeted())) {
        context.outbox().send(peer.id(), told);
      }
    }
  }

  private static boolean offersAny(Message.Places told) {
    return told.free() > 0 && Arrays.stream(told.levels()).anyMatch(level -> level > 0);
  }

  /** Tells one peer now. */
  void tell(Peer peer, long nowMicros) {
    if (!context.config().leaf()) {
      context.outbox().send(peer.id(), own(nowMicros));
    }
  }

  private Message.Places own(long nowMicros) {
    Substream[] all = trees.all();
    int[] levels = new int[all.length];
    ChildPlaces.Room room = places.room();
    int home = trees.home();
    for (Substream substream : all) {
      if (substream.index() == home || places.open(substream, room) > 0) {
        levels[substream.index()] = trees.paths().below(substream).length;
      }
    }
    int bar = home < 0 ? 0 : places.bar(all[home], room);
    long least = leastLag(levels);
    long wait = waitAsLeaf(room);
    long present = (nowMicros - least - wait) / 1_000;
    if (least == Long.MAX_VALUE || present <= 0 || present > WireLimits.TIMESTAMP_MILLIS) {
      return new Message.Places(room.free(), home, bar, levels);
    }
    int headStart = (int) ((wait - Math.min(wait, waitAsInterior())) / 1_000);
    return new Message.Places(
        room.free(), home, bar, levels, present, behind(levels, least), millis(headStart));
  }

  private int[] behind(int[] levels, long least) {
    int[] behind = new int[levels.length];
    for (Substream substream : trees.all()) {
      if (levels[substream.index()] > 0) {
        long lag = isKnown(substream) ? lag(substream) : least + UNKNOWN_LAG;
        behind[substream.index()] = millis((lag - least) / 1_000);
      }
    }
    return behind;
  }

  private static int millis(long value) {
    return (int) Math.min(WireLimits.DELAY_MILLIS, value);
  }

  private long leastLag(int[] levels) {
    long least = Long.MAX_VALUE;
    for (Substream substream : trees.all()) {
      if (levels[substream.index()] > 0 && isKnown(substream)) {
        least = Math.min(least, lag(substream));
      }
    }
    return least;
  }

  private boolean isSource() {
    return context.config().role() == Role.SOURCE;
  }

  private boolean isKnown(Substream substream) {
    // Hearsay is not passed on.
    return isSource() || substream.lag().isMeasured();
  }

  private long lag(Substream substream) {
    return isSource() ? 0 : substream.lag().micros();
  }

  private long waitAsLeaf(ChildPlaces.Room room) {
    // The source sends a chunk to few, and mostly nothing waits there.
    int before = isSource() ? SOURCE_WAIT : room.taken() + 1;
    return before * slots.chunkMicros() + uploader.standingMicros();
  }

  private long waitAsInterior() {
    int before = isSource() ? SOURCE_WAIT : places.interior() + 1;
    return before * slots.chunkMicros();
  }
}

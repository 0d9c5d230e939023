package dev.livestream.wire;

import dev.livestream.crypto.ChannelId;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one peer says to another on the control channel. docs/protocol.md describes each.
 *
 * <p>Values that come out of {@link MessageCodec} are within {@link WireLimits}; whether they are
 * true is another matter. Arrays are never changed after construction.
 */
// Arrays as components: messages are made and dropped by the thousand, and never compared.
@SuppressWarnings("ArrayRecordComponent")
public sealed interface Message {

  /**
   * The first message on a connection, from both sides.
   *
   * @param version the highest version the speaker can
   * @param minVersion the lowest
   * @param channel which stream the connection is for
   * @param record where the speaker can be reached
   * @param role what it is
   * @param observed where the listener's datagrams come from, as the speaker sees it
   * @param manifestEpoch the epoch of the newest manifest that the speaker has; 0 if it has none
   * @param manifestVersion its version; 0 if it has none
   */
  record Hello(
      int version,
      int minVersion,
      ChannelId channel,
      PeerRecord record,
      Role role,
      @Nullable PeerAddress observed,
      long manifestEpoch,
      int manifestVersion)
      implements Message {
    /** A hello of one that has no manifest yet. */
    public Hello(
        int version,
        int minVersion,
        ChannelId channel,
        PeerRecord record,
        Role role,
        @Nullable PeerAddress observed) {
      this(version, minVersion, channel, record, role, observed, 0, 0);
    }

    /** Whether the speaker has no manifest, so that it has only just come. */
    public boolean isNewcomer() {
      return manifestVersion == 0;
    }
  }

  /** What the stream is; sent after the hello and whenever a newer one is known. */
  record ManifestUpdate(Manifest manifest) implements Message {}

  /**
   * What the speaker holds.
   *
   * @param base the lowest sequence number spoken of
   * @param bits bit i of byte j, lowest first, stands for chunk {@code base + 8 j + i}
   * @param queueMillis how long a chunk asked for now would wait for the speaker's uplink
   * @param entry the latest chunk to start at, as the speaker knows; -1 if it knows none
   * @param passedMillis how much of the stream has passed since then
   * @param intervalMillis how far the last two places to start at lie apart; 0 if that is not known
   * @param complete whether the speaker needs nothing more of this epoch
   */
  record Have(
      long epoch,
      long base,
      byte[] bits,
      int queueMillis,
      long entry,
      int passedMillis,
      int intervalMillis,
      boolean complete)
      implements Message {}

  /** Asks for chunks. */
  record Request(long epoch, long[] sequences) implements Message {}

  /** Says that requested chunks will not be sent. */
  record Refuse(long epoch, long[] sequences) implements Message {}

  /** Says that chunks need not be sent (any more), or asked for ones are no longer wanted. */
  record Cancel(long epoch, long[] sequences) implements Message {}

  /**
   * Asks to be served a substream.
   *
   * @param slots how many children the asker can serve in this substream
   * @param home whether it is the asker's home substream
   * @param need how much the asker needs the place
   */
  record Attach(int substream, int slots, boolean home, Need need) implements Message {
    /** Asks for one that looks for a parent. */
    public Attach(int substream, int slots, boolean home) {
      this(substream, slots, home, Need.LOOKING);
    }

    /** How much whoever asks for a place needs it. */
    public enum Need {
      /** It has a parent that serves it, and would move. */
      MOVING,
      /** It has lately come to the stream, and looks for its first parent. */
      NEWCOMER,
      /** It looks for a parent. */
      LOOKING,
      /** It has looked for a parent in vain for long. */
      UNSERVED
    }
  }

  /**
   * Tells of somebody who looks for a place: whoever has one grants it, and others pass this on.
   *
   * @param ask what was asked
   * @param seeker who asked
   * @param hops how often this may still be passed on
   */
  record Wanted(Attach ask, PeerRecord seeker, int hops) implements Message {}

  /**
   * Grants a place.
   *
   * @param path short ids from the source to the speaker, both included
   * @param alternatives whom to ask when the speaker fails
   * @param adopt the child that gives way, which the newcomer is to serve
   * @param next the first chunk that the speaker will push; what comes before it has left already.
   *     0 if it cannot say
   */
  record Attached(
      int substream,
      long[] path,
      List<PeerRecord> alternatives,
      @Nullable PeerRecord adopt,
      long next)
      implements Message {

    /** From one who cannot say what it will push first. */
    public Attached(
        int substream, long[] path, List<PeerRecord> alternatives, @Nullable PeerRecord adopt) {
      this(substream, path, alternatives, adopt, 0);
    }
  }

  /** Refuses or takes back a place, and says whom to ask instead. */
  record Redirect(int substream, RedirectReason reason, List<PeerRecord> candidates)
      implements Message {}

  /**
   * The child needs the place no longer.
   *
   * @param until the first chunk that its new parent pushes, so that only what comes before is
   *     still wanted; 0 if nothing is
   */
  record Detach(int substream, long until) implements Message {

    /** Nothing is wanted any more. */
    public Detach(int substream) {
      this(substream, 0);
    }
  }

  /** The parent's path has changed; empty while the parent has no parent itself. */
  record PathUpdate(int substream, long[] path) implements Message {}

  /**
   * A child tells its parent what could still be served at and below it.
   *
   * @param slots free slots, summed
   * @param openings some peers that have them
   * @param strength how many children the speaker itself can serve here, those it has included
   */
  record Spare(int substream, int slots, List<PeerRecord> openings, int strength)
      implements Message {}

  /** Free slots by substream in the whole swarm, told from the source downwards. */
  record Supply(int[] spare) implements Message {}

  /**
   * A neighbour tells what it can serve, and from where.
   *
   * @param free how many more children it can serve, in any substream
   * @param home the substream in which it mainly serves; -1 if it has none
   * @param bar what it takes to get a place there: 0 if whoever comes gets one; else one more than
   *     the weakest child can serve, and whoever can serve clearly more would be given its place
   * @param levels by substream, how far it is from the source: 1 at the source itself, one more for
   *     each hop, 0 without a way to it
   * @param present what the broadcaster wrote at this moment, in milliseconds of its own clock,
   *     would leave for a new child now, in the quickest substream; 0 if nothing can be said
   * @param behind by substream, how many milliseconds later it would in that one
   * @param headStart how many milliseconds earlier, if the child passes chunks on
   */
  record Places(
      int free, int home, int bar, int[] levels, long present, int[] behind, int headStart)
      implements Message {

    /** From one who cannot say yet how long chunks take. */
    public Places(int free, int home, int bar, int[] levels) {
      this(free, home, bar, levels, 0, new int[levels.length], 0);
    }
  }

  /** Peers the speaker knows, for the listener's passive view. */
  record Shuffle(List<PeerRecord> records, boolean reply) implements Message {}

  /** Asks for a sign of life. */
  record Ping(long nonce) implements Message {}

  /** The sign of life. */
  record Pong(long nonce) implements Message {}

  /** Being mesh neighbours: asked for, granted, refused or ended. */
  record Neighbour(Kind kind) implements Message {
    /** What is said about it. */
    public enum Kind {
      /** Asks, where a refusal does no harm. */
      ASK(0),
      /** Asks, having no other neighbour: to be granted. */
      ASK_URGENT(1),
      /** Grants. */
      ACCEPT(2),
      /** Refuses. */
      REJECT(3),
      /** Ends. */
      END(4);

      private final int code;

      Kind(int code) {
        this.code = code;
      }

      /** The number on the wire. */
      public int code() {
        return code;
      }
    }
  }

  /** The last message: why the speaker closes, and whom to turn to. */
  record Goodbye(CloseReason reason, List<PeerRecord> candidates) implements Message {}
}

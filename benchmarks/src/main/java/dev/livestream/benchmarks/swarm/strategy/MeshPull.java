package dev.livestream.benchmarks.swarm.strategy;

import dev.livestream.transport.sim.SimConnection;
import dev.livestream.transport.sim.SimEvent;
import dev.livestream.wire.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A mesh where everything is asked for: CoolStreaming's way (Zhang et al. 2005), with the times of
 * a stream that is to be a second behind instead of half a minute. Partners tell each other every
 * 50 ms what they have got since; each peer asks for what it misses and can still play, the rarest
 * first, at the partner that has fewest of its requests waiting; what does not come within 400 ms
 * is asked for again elsewhere. A partner whose uplink has a queue of 50 ms declines. These figures
 * are the best of those tried (benchmarks/README.md).
 */
final class MeshPull implements Strategy {
  private static final int DEGREE = 12;
  private static final int LEAST = 8;
  private static final int MOST = 24;
  private static final long TICK = 50_000;
  private static final long ASK_EVERY = 20_000;
  private static final long RETRY = 400_000;
  private static final long TOO_LATE = 100_000;
  private static final double LONGEST_QUEUE = 0.05;
  private static final int AT_ONE_PARTNER = 24;
  private static final int HAVE_BYTES = 14;
  private static final int NUMBER_BYTES = 2;
  private static final int MOST_MISSING = 512;

  private final World world;

  MeshPull(World world) {
    this.world = world;
  }

  @Override
  public String name() {
    return "mesh-pull";
  }

  @Override
  public PeerLogic source(SimPeer self) {
    return new Member(world, self);
  }

  @Override
  public PeerLogic viewer(SimPeer self) {
    return new Member(world, self);
  }

  private enum Kind {
    HAVE,
    ASK,
    DECLINE
  }

  /** What one partner says to another about some chunks. */
  private static final class Word {
    final Kind kind;
    final int[] chunks;

    Word(Kind kind, int[] chunks) {
      this.kind = kind;
      this.chunks = chunks;
    }

    static void say(SimConnection connection, Kind kind, int[] chunks) {
      connection.sendControl(HAVE_BYTES + NUMBER_BYTES * chunks.length, new Word(kind, chunks));
    }
  }

  /** What is known of a partner. */
  private static final class Partner {
    final BitSet has = new BitSet();
    int waiting;
  }

  /** A chunk that is asked for: of whom, and until when it is waited for. */
  private static final class Wish {
    @Nullable Partner partner;
    long until;
  }

  private static final class Member extends YardstickPeer {
    private final List<Integer> fresh = new ArrayList<>();
    private final Map<Integer, Wish> wishes = new HashMap<>();
    private final RandomGenerator random;
    private int newest = -1;
    private int ticks;
    private long askedAt;

    Member(World world, SimPeer self) {
      super(world, self);
      random = world.randomFor(self);
    }

    @Override
    public void join(List<SimPeer> introduced) {
      introduced.forEach(this::dial);
      Tick tick = new Tick();
      self.host().schedule(self.host().nowMicros() + random.nextLong(TICK), tick);
    }

    @Override
    public void publish(List<Chunk> frame) {
      for (Chunk chunk : frame) {
        take(world.published().index(chunk));
      }
    }

    private void take(int index) {
      if (playout.add(index)) {
        fresh.add(index);
      }
    }

    @Override
    boolean hasRoom() {
      return open.size() < MOST;
    }

    private static Partner partner(SimConnection connection) {
      if (connection.attachment() instanceof Partner partner) {
        return partner;
      }
      throw new IllegalStateException("a connection without a partner");
    }

    @Override
    void connected(SimConnection connection) {
      connection.attach(new Partner());
      if (!self.leaf()) {
        BitSet held = playout.held();
        int from = world.published().latestStart();
        int[] known = held.stream().filter(i -> i >= from).toArray();
        Word.say(connection, Kind.HAVE, known);
      }
    }

    @Override
    void heard(SimConnection connection, Object frame) {
      if (!(frame instanceof Word word)) {
        return;
      }
      Partner partner = partner(connection);
      switch (word.kind) {
        case HAVE -> {
          for (int index : word.chunks) {
            partner.has.set(index);
            newest = Math.max(newest, index);
          }
          if (self.host().nowMicros() - askedAt >= ASK_EVERY) {
            ask();
          }
        }
        case ASK -> serve(connection, word.chunks);
        case DECLINE -> {
          for (int index : word.chunks) {
            forget(index, partner);
          }
        }
      }
    }

    private void serve(SimConnection connection, int[] chunks) {
      List<Integer> declined = new ArrayList<>();
      for (int index : chunks) {
        double queue = self.host().queuedBytes() / self.uplinkBytesPerSecond();
        if (queue > LONGEST_QUEUE || !playout.holds(index)) {
          declined.add(index);
        } else {
          // Whoever asks knows whether it is still of use.
          send(connection, index, self.host().nowMicros() + RETRY);
        }
      }
      if (!declined.isEmpty()) {
        int[] list = declined.stream().mapToInt(Integer::intValue).toArray();
        Word.say(connection, Kind.DECLINE, list);
      }
    }

    private void forget(int index, Partner partner) {
      Wish wish = wishes.get(index);
      if (wish != null && wish.partner == partner) {
        partner.waiting--;
        wish.partner = null;
        // Not at once again: its queue has to drain.
        wish.until = self.host().nowMicros() + TICK;
      }
    }

    @Override
    void arrived(SimConnection connection, Chunk chunk, int index) {
      Wish wish = wishes.remove(index);
      if (wish != null && wish.partner != null) {
        wish.partner.waiting--;
      }
      take(index);
    }

    @Override
    void lost(SimConnection connection) {
      if (connection.attachment() instanceof Partner partner) {
        for (Wish wish : wishes.values()) {
          if (wish.partner == partner) {
            wish.partner = null;
            wish.until = 0;
          }
        }
      }
    }

    /** Asks for what is missing, as far as partners have room. */
    private void ask() {
      if (self.source() || newest < 0) {
        return;
      }
      long now = self.host().nowMicros();
      askedAt = now;
      int first = playout.next() >= 0 ? playout.next() : world.published().latestStart();
      int[] missing = missing(first, now);
      List<List<Integer>> asks = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        asks.add(new ArrayList<>());
      }
      for (int index : missing) {
        int at = leastBusy(index);
        if (at >= 0) {
          Partner partner = partner(open.get(at));
          Wish wish = wishes.computeIfAbsent(index, i -> new Wish());
          if (wish.partner != null) {
            wish.partner.waiting--;
          }
          wish.partner = partner;
          wish.until = now + RETRY;
          partner.waiting++;
          asks.get(at).add(index);
        }
      }
      for (int i = 0; i < asks.size(); i++) {
        if (!asks.get(i).isEmpty()) {
          int[] list = asks.get(i).stream().mapToInt(Integer::intValue).toArray();
          Word.say(open.get(i), Kind.ASK, list);
        }
      }
    }

    /** What is missing, not waited for and still of use: what fewest have first. */
    private int[] missing(int first, long now) {
      int last = Math.min(newest, first + MOST_MISSING);
      long[] order = new long[Math.max(0, last - first + 1)];
      int count = 0;
      for (int i = first; i <= last; i++) {
        if (playout.holds(i)) {
          continue;
        }
        Wish wish = wishes.get(i);
        if (wish != null && wish.until > now) {
          continue;
        }
        if (playout.deadline(i) - now < TOO_LATE) {
          continue;
        }
        long key = (long) holders(i) << 16 | random.nextInt(1 << 16);
        order[count++] = key << 32 | i;
      }
      Arrays.sort(order, 0, count);
      int[] missing = new int[count];
      for (int i = 0; i < count; i++) {
        missing[i] = (int) order[i];
      }
      return missing;
    }

    private void giveUpBefore(int first) {
      wishes
          .entrySet()
          .removeIf(
              entry -> {
                boolean old = entry.getKey() < first;
                Partner partner = entry.getValue().partner;
                if (old && partner != null) {
                  partner.waiting--;
                }
                return old;
              });
    }

    private int holders(int index) {
      int holders = 0;
      for (SimConnection connection : open) {
        holders += partner(connection).has.get(index) ? 1 : 0;
      }
      return holders;
    }

    private int leastBusy(int index) {
      int best = -1;
      int least = AT_ONE_PARTNER;
      int start = open.isEmpty() ? 0 : random.nextInt(open.size());
      for (int i = 0; i < open.size(); i++) {
        int at = (start + i) % open.size();
        Partner partner = partner(open.get(at));
        if (partner.has.get(index) && partner.waiting < least) {
          least = partner.waiting;
          best = at;
        }
      }
      return best;
    }

    /** Tells what is new, asks again, and keeps the degree. */
    private final class Tick extends SimEvent {
      @Override
      protected void run() {
        if (isStopped()) {
          return;
        }
        if (!fresh.isEmpty() && !self.leaf()) {
          int[] news = fresh.stream().mapToInt(Integer::intValue).toArray();
          open.forEach(connection -> Word.say(connection, Kind.HAVE, news));
        }
        fresh.clear();
        giveUpBefore(playout.next());
        ask();
        if (ticks++ % 20 == 0 && open.size() + dialling() < LEAST) {
          for (SimPeer peer : world.introduce(self)) {
            if (open.size() + dialling() < DEGREE) {
              dial(peer);
            }
          }
        }
        self.host().schedule(self.host().nowMicros() + TICK, this);
      }
    }
  }
}

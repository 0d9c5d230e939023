package dev.livestream.transport.quic;

import io.netty.handler.codec.quic.QuicConnectionAddress;
import io.netty.handler.codec.quic.QuicConnectionIdGenerator;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * All connection ids that this endpoint has given out and whose connections live, so that the
 * {@link Demux} knows which codec a datagram is for, and that one for nobody is dropped unread.
 *
 * <p>A client connection has one id, chosen here. A server connection has the id that the client
 * got in answer to its first datagram, which is derived from that datagram, so that its repetitions
 * lead to the same connection without keeping any state; and random ones for later changes of path.
 * (Netty's own generator derives those too, always the same one, and so tries again in vain at
 * every datagram.)
 */
final class ConnectionIds implements QuicConnectionIdGenerator {
  /** Old ids of a connection that replaces them all the time are forgotten. */
  private static final int IDS_PER_CONNECTION = 2 * QuicSettings.ACTIVE_CONNECTION_IDS;

  private static final QuicConnectionIdGenerator DERIVED =
      QuicConnectionIdGenerator.signGenerator();

  private final LongObjectMap<Ids> live = new LongObjectHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private long announced;

  /** Who owns an id. */
  enum Role {
    CLIENT,
    SERVER
  }

  /** The ids of one connection. */
  final class Ids {
    private final Role role;
    private final ArrayDeque<Long> ids = new ArrayDeque<>();

    private Ids(Role role) {
      this.role = role;
    }

    private void add(long id) {
      if (ids.size() == IDS_PER_CONNECTION) {
        live.remove((long) ids.removeFirst());
      }
      ids.addLast(id);
      live.put(id, this);
    }

    /** The address form of a client's only id. */
    QuicConnectionAddress address() {
      return new QuicConnectionAddress(bytes(ids.getFirst()));
    }

    /** The connection is gone; datagrams that still come for it belong to nobody. */
    void release() {
      for (long id : ids) {
        if (live.get(id) == this) {
          live.remove(id);
        }
      }
      ids.clear();
    }
  }

  /** Whose id this is, or null if nobody's. */
  @Nullable Role roleOf(long id) {
    Ids owner = live.get(id);
    return owner == null ? null : owner.role;
  }

  /** Gives out the one id of a new outgoing connection. */
  Ids client() {
    Ids ids = new Ids(Role.CLIENT);
    ids.add(random.nextLong());
    return ids;
  }

  /**
   * Notes the id that the next accepted connection will have. The codec tells an engine provider
   * nothing of it, but asks for the one right after the other.
   */
  void announce(long id) {
    announced = id;
  }

  /** Registers the accepted connection whose id was announced last. */
  Ids server() {
    Ids ids = new Ids(Role.SERVER);
    ids.add(announced);
    return ids;
  }

  /** The id that a client's first datagram leads to. */
  static long derived(ByteBuffer firstDestination) {
    return read(DERIVED.newId(firstDestination, QuicSettings.CONNECTION_ID_BYTES));
  }

  @Override
  public ByteBuffer newId(ByteBuffer source, ByteBuffer destination, int length) {
    long id = derived(destination);
    announce(id);
    return bytes(id);
  }

  @Override
  public ByteBuffer newId(ByteBuffer known, int length) {
    long id = random.nextLong();
    Ids owner = known.remaining() == Long.BYTES ? live.get(read(known)) : null;
    if (owner != null) {
      owner.add(id);
    }
    return bytes(id);
  }

  @Override
  public ByteBuffer newId(int length) {
    return bytes(random.nextLong());
  }

  @Override
  public int maxConnectionIdLength() {
    return QuicSettings.CONNECTION_ID_BYTES;
  }

  @Override
  public boolean isIdempotent() {
    return false;
  }

  private static long read(ByteBuffer id) {
    return id.getLong(id.position());
  }

  private static ByteBuffer bytes(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(0, id);
  }
}

package dev.livestream.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.transport.quic.ConnectionIds.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every id given out is known for as long as its connection lives, and no longer. */
final class ConnectionIdsTest {
  private static final int LENGTH = QuicSettings.CONNECTION_ID_BYTES;
  private static final ByteBuffer FIRST = ByteBuffer.wrap(Peers.bytes(1, 16)).asReadOnlyBuffer();

  private final ConnectionIds ids = new ConnectionIds();

  private static long number(ByteBuffer id) {
    return id.getLong(id.position());
  }

  private ByteBuffer accept(ConnectionIds.Ids[] owner) {
    ByteBuffer id = ids.newId(ByteBuffer.allocate(LENGTH), FIRST.duplicate(), LENGTH);
    owner[0] = ids.server();
    return id;
  }

  @Test
  void theSameFirstDatagramLeadsToTheSameId() {
    ByteBuffer one = ids.newId(ByteBuffer.allocate(LENGTH), FIRST.duplicate(), LENGTH);
    ByteBuffer two = ids.newId(ByteBuffer.allocate(LENGTH), FIRST.duplicate(), LENGTH);

    assertThat(one).isEqualTo(two);
    assertThat(number(one)).isEqualTo(ConnectionIds.derived(FIRST.duplicate()));
  }

  @Test
  void anIdIsNobodysUntilItsConnectionIsAccepted() {
    ByteBuffer id = ids.newId(ByteBuffer.allocate(LENGTH), FIRST.duplicate(), LENGTH);
    assertThat(ids.roleOf(number(id))).isNull();

    ids.server();

    assertThat(ids.roleOf(number(id))).isEqualTo(Role.SERVER);
  }

  @Test
  void furtherIdsBelongToTheConnectionThatAsks() {
    ConnectionIds.Ids[] owner = new ConnectionIds.Ids[1];
    ByteBuffer first = accept(owner);

    ByteBuffer further = ids.newId(first.duplicate(), LENGTH);

    assertThat(further).isNotEqualTo(first);
    assertThat(ids.roleOf(number(further))).isEqualTo(Role.SERVER);
    owner[0].release();
    assertThat(ids.roleOf(number(first))).isNull();
    assertThat(ids.roleOf(number(further))).isNull();
  }

  @Test
  void aConnectionThatReplacesItsIdsAllTheTimeKeepsOnlyTheNewest() {
    ByteBuffer first = accept(new ConnectionIds.Ids[1]);
    List<ByteBuffer> further = new ArrayList<>();
    ByteBuffer last = first;
    for (int i = 0; i < 1_000; i++) {
      last = ids.newId(last.duplicate(), LENGTH);
      further.add(last);
    }

    long known = further.stream().filter(id -> ids.roleOf(number(id)) != null).count();
    assertThat(known).isEqualTo(2L * QuicSettings.ACTIVE_CONNECTION_IDS);
    assertThat(ids.roleOf(number(last))).isEqualTo(Role.SERVER);
  }

  @Test
  void aClientHasOneId() {
    ConnectionIds.Ids client = ids.client();
    String text = client.address().toString();
    String hex = text.substring(text.indexOf('=') + 1, text.length() - 1);
    long id = Long.parseUnsignedLong(hex, 16);

    assertThat(ids.roleOf(id)).isEqualTo(Role.CLIENT);
    client.release();
    assertThat(ids.roleOf(id)).isNull();
  }
}

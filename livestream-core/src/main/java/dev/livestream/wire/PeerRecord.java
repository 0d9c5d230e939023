package dev.livestream.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.livestream.crypto.PeerId;
import dev.livestream.crypto.PeerIdentity;
import dev.livestream.crypto.SignatureDomain;
import dev.livestream.spi.PeerAddress;
import dev.livestream.wire.proto.Address;
import dev.livestream.wire.proto.PeerRecordBody;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a peer says it can be reached, signed by that peer, so that others can hand it on but not
 * change it.
 *
 * <p>Immutable. Decoding checks the form; {@link #isGenuine} checks the signature and is left to
 * whoever is about to rely on the record, because it costs a hundred times more.
 */
public final class PeerRecord {
  private static final int PUBLIC_KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  private final PeerId id;
  private final List<PeerAddress> addresses;
  private final long issuedAtSeconds;
  private final boolean leaf;
  private final dev.livestream.wire.proto.PeerRecord proto;

  private PeerRecord(
      PeerId id,
      List<PeerAddress> addresses,
      long issuedAtSeconds,
      boolean leaf,
      dev.livestream.wire.proto.PeerRecord proto) {
    this.id = id;
    this.addresses = addresses;
    this.issuedAtSeconds = issuedAtSeconds;
    this.leaf = leaf;
    this.proto = proto;
  }

  /**
   * Makes and signs a record.
   *
   * @param addresses at most {@link WireLimits#ADDRESSES}; may be empty for a peer that nobody can
   *     reach
   * @param issuedAtSeconds seconds since the Unix epoch; of two records of a peer the later wins
   * @param leaf whether the peer never passes chunks on
   */
  public static PeerRecord sign(
      PeerIdentity identity, List<PeerAddress> addresses, long issuedAtSeconds, boolean leaf) {
    if (addresses.size() > WireLimits.ADDRESSES) {
      throw new IllegalArgumentException("at most " + WireLimits.ADDRESSES + " addresses");
    }
    PeerRecordBody.Builder builder =
        PeerRecordBody.newBuilder()
            .setPublicKey(ByteString.copyFrom(identity.publicKey()))
            .setIssuedAtSeconds(issuedAtSeconds)
            .setLeaf(leaf);
    for (PeerAddress address : addresses) {
      builder.addAddresses(Address.newBuilder().setHost(address.host()).setPort(address.port()));
    }
    ByteString body = builder.build().toByteString();
    ByteString signature =
        ByteString.copyFrom(identity.sign(SignatureDomain.PEER_RECORD, body.toByteArray()));
    return new PeerRecord(
        identity.id(), List.copyOf(addresses), issuedAtSeconds, leaf, proto(body, signature));
  }

  static PeerRecord fromProto(dev.livestream.wire.proto.PeerRecord proto) throws WireException {
    if (proto.getSignature().size() != SIGNATURE_BYTES) {
      throw new WireException("peer record signature of wrong length");
    }
    try {
      PeerRecordBody body = PeerRecordBody.parseFrom(proto.getBody());
      if (body.getPublicKey().size() != PUBLIC_KEY_BYTES) {
        throw new WireException("peer record key of wrong length");
      }
      if (body.getAddressesCount() > WireLimits.ADDRESSES) {
        throw new WireException("peer record with too many addresses");
      }
      List<PeerAddress> addresses = new ArrayList<>(body.getAddressesCount());
      for (Address address : body.getAddressesList()) {
        addresses.add(address(address));
      }
      return new PeerRecord(
          PeerId.ofPublicKey(body.getPublicKey().toByteArray()),
          List.copyOf(addresses),
          body.getIssuedAtSeconds(),
          body.getLeaf(),
          proto(proto.getBody(), proto.getSignature()));
    } catch (InvalidProtocolBufferException e) {
      throw new WireException("peer record is not a valid message");
    }
  }

  static PeerAddress address(Address proto) throws WireException {
    if (proto.getPort() <= 0) {
      throw new WireException("address without a port");
    }
    try {
      return new PeerAddress(proto.getHost(), proto.getPort());
    } catch (IllegalArgumentException e) {
      throw new WireException("address out of range");
    }
  }

  // Made once for all peers that the record is handed on to, and without fields that this version
  // does not know.
  private static dev.livestream.wire.proto.PeerRecord proto(ByteString body, ByteString signature) {
    return dev.livestream.wire.proto.PeerRecord.newBuilder()
        .setBody(body)
        .setSignature(signature)
        .build();
  }

  dev.livestream.wire.proto.PeerRecord toProto() {
    return proto;
  }

  /** Whether the peer itself signed this. */
  public boolean isGenuine() {
    try {
      ByteString body = proto.getBody();
      byte[] key = PeerRecordBody.parseFrom(body).getPublicKey().toByteArray();
      return PeerIdentity.verify(
          key, SignatureDomain.PEER_RECORD, body.toByteArray(), proto.getSignature().toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("a body that was parsed before", e);
    }
  }

  /** The peer the record speaks of. */
  public PeerId id() {
    return id;
  }

  /** Where it can be reached, best first. */
  public List<PeerAddress> addresses() {
    return addresses;
  }

  /** When it was signed, in seconds since the Unix epoch, by the peer's own clock. */
  public long issuedAtSeconds() {
    return issuedAtSeconds;
  }

  /** Whether the peer never passes chunks on. */
  public boolean leaf() {
    return leaf;
  }

  @Override
  public boolean equals(Object other) {
    return other == this || (other instanceof PeerRecord that && proto.equals(that.proto));
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "peer " + id + " at " + addresses;
  }
}

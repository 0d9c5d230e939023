package dev.livestream.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.livestream.crypto.ChannelId;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import dev.livestream.wire.Message.Neighbour.Kind;
import dev.livestream.wire.proto.Address;
import dev.livestream.wire.proto.Attach;
import dev.livestream.wire.proto.ControlFrame;
import dev.livestream.wire.proto.ControlMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Control frames to bytes and back. Messages of a kind that this version does not know are skipped;
 * anything out of bounds refuses the whole frame.
 */
public final class MessageCodec {
  private MessageCodec() {}

  /** Puts messages into a frame, in order. */
  public static ByteBuffer encode(List<Message> messages) {
    ByteBuffer frame = ByteBuffer.wrap(toProto(messages).toByteArray());
    if (frame.remaining() > WireLimits.CONTROL_FRAME_BYTES) {
      throw new IllegalArgumentException("control frame of " + frame.remaining() + " bytes");
    }
    return frame;
  }

  /** Bytes that {@link #encode} would make. */
  public static int encodedBytes(List<Message> messages) {
    return MessageSizes.frame(messages);
  }

  private static ControlFrame toProto(List<Message> messages) {
    ControlFrame.Builder builder = ControlFrame.newBuilder();
    for (Message message : messages) {
      builder.addMessages(toProto(message));
    }
    return builder.build();
  }

  /**
   * Reads a frame.
   *
   * @throws WireException if anything in it is out of bounds
   */
  public static List<Message> decode(ByteBuffer frame) throws WireException {
    if (frame.remaining() > WireLimits.CONTROL_FRAME_BYTES) {
      throw new WireException("control frame of " + frame.remaining() + " bytes");
    }
    try {
      ControlFrame proto = ControlFrame.parseFrom(frame);
      if (proto.getMessagesCount() > WireLimits.MESSAGES_PER_FRAME) {
        throw new WireException("control frame of " + proto.getMessagesCount() + " messages");
      }
      List<Message> messages = new ArrayList<>(proto.getMessagesCount());
      for (ControlMessage message : proto.getMessagesList()) {
        Message known = fromProto(message);
        if (known != null) {
          messages.add(known);
        }
      }
      return messages;
    } catch (InvalidProtocolBufferException e) {
      throw new WireException("control frame is not a valid message");
    }
  }

  static ControlMessage toProto(Message message) {
    ControlMessage.Builder out = ControlMessage.newBuilder();
    if (message instanceof Message.Have m) {
      out.getHaveBuilder()
          .setEpoch(m.epoch())
          .setBase(m.base())
          .setBits(ByteString.copyFrom(m.bits()))
          .setQueueMillis(m.queueMillis())
          .setEntry(m.entry() + 1)
          .setPassedMillis(m.passedMillis())
          .setIntervalMillis(m.intervalMillis())
          .setComplete(m.complete());
    } else if (message instanceof Message.Request m) {
      dev.livestream.wire.proto.Request.Builder b = out.getRequestBuilder().setEpoch(m.epoch());
      for (long sequence : m.sequences()) {
        b.addSequences(sequence);
      }
    } else if (message instanceof Message.Refuse m) {
      dev.livestream.wire.proto.Refuse.Builder b = out.getRefuseBuilder().setEpoch(m.epoch());
      for (long sequence : m.sequences()) {
        b.addSequences(sequence);
      }
    } else if (message instanceof Message.Cancel m) {
      dev.livestream.wire.proto.Cancel.Builder b = out.getCancelBuilder().setEpoch(m.epoch());
      for (long sequence : m.sequences()) {
        b.addSequences(sequence);
      }
    } else if (message instanceof Message.Spare m) {
      out.getSpareBuilder()
          .setSubstream(m.substream())
          .setSlots(m.slots())
          .addAllOpenings(toProtos(m.openings()))
          .setStrength(m.strength());
    } else if (message instanceof Message.Supply m) {
      dev.livestream.wire.proto.Supply.Builder b = out.getSupplyBuilder();
      for (int spare : m.spare()) {
        b.addSpare(spare);
      }
    } else if (message instanceof Message.Places m) {
      byte[] levels = new byte[m.levels().length];
      for (int i = 0; i < levels.length; i++) {
        levels[i] = (byte) m.levels()[i];
      }
      out.getPlacesBuilder()
          .setFree(m.free())
          .setHome(m.home() + 1)
          .setBar(m.bar())
          .setLevels(ByteString.copyFrom(levels))
          .setPresent(m.present())
          .setHeadStart(m.headStart());
      if (m.present() > 0) {
        for (int behind : m.behind()) {
          out.getPlacesBuilder().addBehind(behind);
        }
      }
    } else if (message instanceof Message.PathUpdate m) {
      dev.livestream.wire.proto.PathUpdate.Builder b =
          out.getPathBuilder().setSubstream(m.substream());
      for (long hop : m.path()) {
        b.addPath(hop);
      }
    } else if (message instanceof Message.Attach m) {
      out.setAttach(attach(m));
    } else if (message instanceof Message.Wanted m) {
      out.getWantedBuilder()
          .setAsk(attach(m.ask()))
          .setSeeker(m.seeker().toProto())
          .setHops(m.hops());
    } else if (message instanceof Message.Attached m) {
      dev.livestream.wire.proto.Attached.Builder b =
          out.getAttachedBuilder()
              .setSubstream(m.substream())
              .setNext(m.next())
              .addAllAlternatives(toProtos(m.alternatives()));
      for (long hop : m.path()) {
        b.addPath(hop);
      }
      if (m.adopt() != null) {
        b.setAdopt(m.adopt().toProto());
      }
    } else if (message instanceof Message.Redirect m) {
      out.getRedirectBuilder()
          .setSubstream(m.substream())
          .setReason(m.reason().code())
          .addAllCandidates(toProtos(m.candidates()));
    } else if (message instanceof Message.Detach m) {
      out.getDetachBuilder().setSubstream(m.substream()).setUntil(m.until());
    } else if (message instanceof Message.Shuffle m) {
      out.getShuffleBuilder().addAllRecords(toProtos(m.records())).setReply(m.reply());
    } else if (message instanceof Message.Ping m) {
      out.getPingBuilder().setNonce(m.nonce());
    } else if (message instanceof Message.Pong m) {
      out.getPongBuilder().setNonce(m.nonce());
    } else if (message instanceof Message.Neighbour m) {
      out.getNeighbourBuilder().setKind(m.kind().code());
    } else if (message instanceof Message.ManifestUpdate m) {
      out.getManifestBuilder().setManifest(m.manifest().toProto());
    } else if (message instanceof Message.Goodbye m) {
      out.getGoodbyeBuilder()
          .setReason(Math.max(0, m.reason().code()))
          .addAllCandidates(toProtos(m.candidates()));
    } else if (message instanceof Message.Hello m) {
      dev.livestream.wire.proto.Hello.Builder b =
          out.getHelloBuilder()
              .setVersion(m.version())
              .setMinVersion(m.minVersion())
              .setChannel(ByteString.copyFrom(m.channel().bytes()))
              .setRecord(m.record().toProto())
              .setRole(m.role().code())
              .setManifestEpoch(m.manifestEpoch())
              .setManifestVersion(m.manifestVersion());
      if (m.observed() != null) {
        b.setObserved(toProto(m.observed()));
      }
    }
    return out.build();
  }

  private static Attach attach(Message.Attach ask) {
    return Attach.newBuilder()
        .setSubstream(ask.substream())
        .setSlots(ask.slots())
        .setHome(ask.home())
        .setNeed(need(ask.need()))
        .build();
  }

  private static List<dev.livestream.wire.proto.PeerRecord> toProtos(List<PeerRecord> records) {
    return records.stream().map(PeerRecord::toProto).toList();
  }

  private static Address toProto(PeerAddress address) {
    return Address.newBuilder().setHost(address.host()).setPort(address.port()).build();
  }

  private static @Nullable Message fromProto(ControlMessage in) throws WireException {
    return switch (in.getKindCase()) {
      case HELLO -> hello(in.getHello());
      case MANIFEST ->
          new Message.ManifestUpdate(Manifest.fromProto(in.getManifest().getManifest()));
      case HAVE -> have(in.getHave());
      case REQUEST ->
          new Message.Request(
              number(in.getRequest().getEpoch()), sequences(in.getRequest().getSequencesList()));
      case REFUSE ->
          new Message.Refuse(
              number(in.getRefuse().getEpoch()), sequences(in.getRefuse().getSequencesList()));
      case CANCEL ->
          new Message.Cancel(
              number(in.getCancel().getEpoch()), sequences(in.getCancel().getSequencesList()));
      case ATTACH -> attach(in.getAttach());
      case WANTED ->
          new Message.Wanted(
              attach(in.getWanted().getAsk()),
              PeerRecord.fromProto(in.getWanted().getSeeker()),
              hops(in.getWanted().getHops()));
      case ATTACHED ->
          new Message.Attached(
              substream(in.getAttached().getSubstream()),
              path(in.getAttached().getPathList()),
              records(in.getAttached().getAlternativesList()),
              in.getAttached().hasAdopt()
                  ? PeerRecord.fromProto(in.getAttached().getAdopt())
                  : null,
              number(in.getAttached().getNext()));
      case REDIRECT ->
          new Message.Redirect(
              substream(in.getRedirect().getSubstream()),
              byCode(RedirectReason.values(), in.getRedirect().getReason(), "redirect reason"),
              records(in.getRedirect().getCandidatesList()));
      case DETACH ->
          new Message.Detach(
              substream(in.getDetach().getSubstream()), number(in.getDetach().getUntil()));
      case PATH ->
          new Message.PathUpdate(
              substream(in.getPath().getSubstream()), path(in.getPath().getPathList()));
      case SPARE ->
          new Message.Spare(
              substream(in.getSpare().getSubstream()),
              slots(in.getSpare().getSlots()),
              records(in.getSpare().getOpeningsList()),
              slots(in.getSpare().getStrength()));
      case SUPPLY -> supply(in.getSupply());
      case PLACES -> places(in.getPlaces());
      case SHUFFLE ->
          new Message.Shuffle(
              records(in.getShuffle().getRecordsList()), in.getShuffle().getReply());
      case PING -> new Message.Ping(in.getPing().getNonce());
      case PONG -> new Message.Pong(in.getPong().getNonce());
      case NEIGHBOUR ->
          new Message.Neighbour(
              byCode(Kind.values(), in.getNeighbour().getKind(), "neighbour kind"));
      case GOODBYE ->
          new Message.Goodbye(
              CloseReason.ofCode(in.getGoodbye().getReason()),
              records(in.getGoodbye().getCandidatesList()));
      case KIND_NOT_SET -> null;
    };
  }

  private static Message.Attach attach(Attach in) throws WireException {
    return new Message.Attach(
        substream(in.getSubstream()), slots(in.getSlots()), in.getHome(), need(in.getNeed()));
  }

  private static Message hello(dev.livestream.wire.proto.Hello in) throws WireException {
    ChannelId channel;
    try {
      channel = ChannelId.of(in.getChannel().toByteArray());
    } catch (IllegalArgumentException e) {
      throw new WireException("hello without a channel");
    }
    if (in.getManifestVersion() < 0) {
      throw new WireException("hello with a manifest of version " + in.getManifestVersion());
    }
    PeerAddress observed = in.hasObserved() ? PeerRecord.address(in.getObserved()) : null;
    return new Message.Hello(
        in.getVersion(),
        in.getMinVersion(),
        channel,
        PeerRecord.fromProto(in.getRecord()),
        byCode(Role.values(), in.getRole(), "role"),
        observed,
        number(in.getManifestEpoch()),
        in.getManifestVersion());
  }

  private static Message have(dev.livestream.wire.proto.Have in) throws WireException {
    if (in.getBits().size() > WireLimits.HAVE_BYTES) {
      throw new WireException("have-map of " + in.getBits().size() + " bytes");
    }
    if (in.getQueueMillis() < 0) {
      throw new WireException("queue out of range");
    }
    if (in.getPassedMillis() < 0 || in.getIntervalMillis() < 0) {
      throw new WireException("place to start out of range");
    }
    return new Message.Have(
        number(in.getEpoch()),
        number(in.getBase()),
        in.getBits().toByteArray(),
        in.getQueueMillis(),
        number(in.getEntry()) - 1,
        in.getPassedMillis(),
        in.getIntervalMillis(),
        in.getComplete());
  }

  private static Message supply(dev.livestream.wire.proto.Supply in) throws WireException {
    if (in.getSpareCount() > WireLimits.SUBSTREAMS) {
      throw new WireException("supply of " + in.getSpareCount() + " substreams");
    }
    int[] spare = new int[in.getSpareCount()];
    for (int i = 0; i < spare.length; i++) {
      spare[i] = in.getSpare(i);
      if (spare[i] < 0) {
        throw new WireException("supply out of range");
      }
    }
    return new Message.Supply(spare);
  }

  private static Message places(dev.livestream.wire.proto.Places in) throws WireException {
    ByteString told = in.getLevels();
    if (told.size() > WireLimits.SUBSTREAMS) {
      throw new WireException("levels of " + told.size() + " substreams");
    }
    int[] levels = new int[told.size()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = told.byteAt(i);
      if (levels[i] < 0 || levels[i] > WireLimits.PATH_HOPS) {
        throw new WireException("level out of range");
      }
    }
    int home = in.getHome() == 0 ? -1 : substream(in.getHome() - 1);
    int[] behind = new int[levels.length];
    if (in.getBehindCount() > 0 && in.getBehindCount() != behind.length) {
      throw new WireException("delays of " + in.getBehindCount() + " substreams");
    }
    for (int i = 0; i < in.getBehindCount(); i++) {
      behind[i] = millis(in.getBehind(i));
    }
    return new Message.Places(
        slots(in.getFree()),
        home,
        slots(in.getBar()),
        levels,
        present(in.getPresent()),
        behind,
        millis(in.getHeadStart()));
  }

  private static long number(long value) throws WireException {
    // The top bits stay free so that sums of sequence numbers never overflow.
    if (value < 0 || value > Long.MAX_VALUE / 4) {
      throw new WireException("number out of range");
    }
    return value;
  }

  private static int substream(int value) throws WireException {
    if (value < 0 || value >= WireLimits.SUBSTREAMS) {
      throw new WireException("substream out of range");
    }
    return value;
  }

  private static long present(long millis) throws WireException {
    if (millis < 0 || millis > WireLimits.TIMESTAMP_MILLIS) {
      throw new WireException("moment out of range");
    }
    return millis;
  }

  private static int millis(int value) throws WireException {
    if (value < 0) {
      throw new WireException("delay out of range");
    }
    return Math.min(value, WireLimits.DELAY_MILLIS);
  }

  private static int slots(int value) throws WireException {
    if (value < 0) {
      throw new WireException("slots out of range");
    }
    return Math.min(value, WireLimits.SLOTS);
  }

  private static int hops(int value) throws WireException {
    if (value < 0) {
      throw new WireException("hops out of range");
    }
    return Math.min(value, WireLimits.WANTED_HOPS);
  }

  private static long[] sequences(List<Long> values) throws WireException {
    if (values.size() > WireLimits.SEQUENCES) {
      throw new WireException(values.size() + " sequence numbers in one message");
    }
    long[] result = new long[values.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = number(values.get(i));
    }
    return result;
  }

  private static long[] path(List<Long> values) throws WireException {
    if (values.size() > WireLimits.PATH_HOPS) {
      throw new WireException("path of " + values.size() + " hops");
    }
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private static List<PeerRecord> records(List<dev.livestream.wire.proto.PeerRecord> protos)
      throws WireException {
    if (protos.size() > WireLimits.RECORDS) {
      throw new WireException(protos.size() + " peer records in one message");
    }
    List<PeerRecord> records = new ArrayList<>(protos.size());
    for (dev.livestream.wire.proto.PeerRecord proto : protos) {
      records.add(PeerRecord.fromProto(proto));
    }
    return records;
  }

  private static <E extends Enum<E>> E byCode(E[] values, int code, String what)
      throws WireException {
    // Every enum of the wire numbers its constants from 0 in order.
    if (code < 0 || code >= values.length) {
      throw new WireException("unknown " + what);
    }
    return values[code];
  }

  static Attach.Need need(Message.Attach.Need need) {
    return switch (need) {
      case MOVING -> Attach.Need.MOVING;
      case NEWCOMER -> Attach.Need.NEWCOMER;
      case LOOKING -> Attach.Need.LOOKING;
      case UNSERVED -> Attach.Need.UNSERVED;
    };
  }

  // What a later version may add is taken for the usual.
  private static Message.Attach.Need need(Attach.Need need) {
    return switch (need) {
      case MOVING -> Message.Attach.Need.MOVING;
      case NEWCOMER -> Message.Attach.Need.NEWCOMER;
      case UNSERVED -> Message.Attach.Need.UNSERVED;
      case LOOKING, UNRECOGNIZED -> Message.Attach.Need.LOOKING;
    };
  }
}

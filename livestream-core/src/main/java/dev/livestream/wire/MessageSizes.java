package dev.livestream.wire;

import static com.google.protobuf.CodedOutputStream.computeBoolSize;
import static com.google.protobuf.CodedOutputStream.computeByteArraySize;
import static com.google.protobuf.CodedOutputStream.computeFixed64Size;
import static com.google.protobuf.CodedOutputStream.computeMessageSize;
import static com.google.protobuf.CodedOutputStream.computeTagSize;
import static com.google.protobuf.CodedOutputStream.computeUInt32Size;
import static com.google.protobuf.CodedOutputStream.computeUInt32SizeNoTag;
import static com.google.protobuf.CodedOutputStream.computeUInt64Size;
import static com.google.protobuf.CodedOutputStream.computeUInt64SizeNoTag;

import dev.livestream.wire.proto.Attach;
import dev.livestream.wire.proto.Attached;
import dev.livestream.wire.proto.ControlFrame;
import dev.livestream.wire.proto.ControlMessage;
import dev.livestream.wire.proto.Detach;
import dev.livestream.wire.proto.Have;
import dev.livestream.wire.proto.Neighbour;
import dev.livestream.wire.proto.PathUpdate;
import dev.livestream.wire.proto.Ping;
import dev.livestream.wire.proto.Places;
import dev.livestream.wire.proto.Redirect;
import dev.livestream.wire.proto.Request;
import dev.livestream.wire.proto.Shuffle;
import dev.livestream.wire.proto.Spare;
import dev.livestream.wire.proto.Supply;
import dev.livestream.wire.proto.Wanted;
import java.util.List;

/**
 * How many bytes messages take, reckoned without encoding them: a simulation charges some hundred
 * thousand control frames a second, and a sender looks before it fills a frame.
 *
 * <p>Fields that have their default value are not encoded, in proto3, and take nothing.
 */
final class MessageSizes {
  private MessageSizes() {}

  static int frame(List<Message> messages) {
    int bytes = 0;
    for (Message message : messages) {
      bytes += delimited(ControlFrame.MESSAGES_FIELD_NUMBER, bytes(message));
    }
    return bytes;
  }

  private static int bytes(Message message) {
    if (message instanceof Message.Have m) {
      return delimited(ControlMessage.HAVE_FIELD_NUMBER, bytes(m));
    } else if (message instanceof Message.Request m) {
      return delimited(ControlMessage.REQUEST_FIELD_NUMBER, bytes(m.epoch(), m.sequences()));
    } else if (message instanceof Message.Refuse m) {
      return delimited(ControlMessage.REFUSE_FIELD_NUMBER, bytes(m.epoch(), m.sequences()));
    } else if (message instanceof Message.Cancel m) {
      return delimited(ControlMessage.CANCEL_FIELD_NUMBER, bytes(m.epoch(), m.sequences()));
    } else if (message instanceof Message.Spare m) {
      return delimited(ControlMessage.SPARE_FIELD_NUMBER, bytes(m));
    } else if (message instanceof Message.Supply m) {
      return delimited(ControlMessage.SUPPLY_FIELD_NUMBER, bytes(m));
    } else if (message instanceof Message.Places m) {
      return delimited(
          ControlMessage.PLACES_FIELD_NUMBER,
          number(Places.FREE_FIELD_NUMBER, m.free())
              + number(Places.HOME_FIELD_NUMBER, m.home() + 1)
              + number(Places.BAR_FIELD_NUMBER, m.bar())
              + packed(Places.LEVELS_FIELD_NUMBER, m.levels().length)
              + number(Places.PRESENT_FIELD_NUMBER, m.present())
              + (m.present() > 0 ? packed(Places.BEHIND_FIELD_NUMBER, numbers(m.behind())) : 0)
              + number(Places.HEAD_START_FIELD_NUMBER, m.headStart()));
    } else if (message instanceof Message.PathUpdate m) {
      return delimited(
          ControlMessage.PATH_FIELD_NUMBER,
          number(PathUpdate.SUBSTREAM_FIELD_NUMBER, m.substream())
              + path(PathUpdate.PATH_FIELD_NUMBER, m.path()));
    } else if (message instanceof Message.Attach m) {
      return delimited(ControlMessage.ATTACH_FIELD_NUMBER, bytes(m));
    } else if (message instanceof Message.Wanted m) {
      return delimited(
          ControlMessage.WANTED_FIELD_NUMBER,
          delimited(Wanted.ASK_FIELD_NUMBER, bytes(m.ask()))
              + computeMessageSize(Wanted.SEEKER_FIELD_NUMBER, m.seeker().toProto())
              + number(Wanted.HOPS_FIELD_NUMBER, m.hops()));
    } else if (message instanceof Message.Attached m) {
      return delimited(ControlMessage.ATTACHED_FIELD_NUMBER, bytes(m));
    } else if (message instanceof Message.Redirect m) {
      return delimited(
          ControlMessage.REDIRECT_FIELD_NUMBER,
          number(Redirect.SUBSTREAM_FIELD_NUMBER, m.substream())
              + number(Redirect.REASON_FIELD_NUMBER, m.reason().code())
              + records(Redirect.CANDIDATES_FIELD_NUMBER, m.candidates()));
    } else if (message instanceof Message.Detach m) {
      return delimited(
          ControlMessage.DETACH_FIELD_NUMBER,
          number(Detach.SUBSTREAM_FIELD_NUMBER, m.substream())
              + number(Detach.UNTIL_FIELD_NUMBER, m.until()));
    } else if (message instanceof Message.Shuffle m) {
      return delimited(
          ControlMessage.SHUFFLE_FIELD_NUMBER,
          records(Shuffle.RECORDS_FIELD_NUMBER, m.records())
              + flag(Shuffle.REPLY_FIELD_NUMBER, m.reply()));
    } else if (message instanceof Message.Ping m) {
      return delimited(ControlMessage.PING_FIELD_NUMBER, nonce(m.nonce()));
    } else if (message instanceof Message.Pong m) {
      return delimited(ControlMessage.PONG_FIELD_NUMBER, nonce(m.nonce()));
    } else if (message instanceof Message.Neighbour m) {
      return delimited(
          ControlMessage.NEIGHBOUR_FIELD_NUMBER,
          number(Neighbour.KIND_FIELD_NUMBER, m.kind().code()));
    }
    // The others are said once or twice in the life of a connection.
    return MessageCodec.toProto(message).getSerializedSize();
  }

  private static int bytes(Message.Have have) {
    int bits = have.bits().length;
    return number(Have.EPOCH_FIELD_NUMBER, have.epoch())
        + number(Have.BASE_FIELD_NUMBER, have.base())
        + (bits == 0 ? 0 : computeByteArraySize(Have.BITS_FIELD_NUMBER, have.bits()))
        + number(Have.QUEUE_MILLIS_FIELD_NUMBER, have.queueMillis())
        + number(Have.ENTRY_FIELD_NUMBER, have.entry() + 1)
        + number(Have.PASSED_MILLIS_FIELD_NUMBER, have.passedMillis())
        + number(Have.INTERVAL_MILLIS_FIELD_NUMBER, have.intervalMillis())
        + flag(Have.COMPLETE_FIELD_NUMBER, have.complete());
  }

  /** Requests, refusals and cancellations look alike. */
  private static int bytes(long epoch, long[] sequences) {
    int packed = 0;
    for (long sequence : sequences) {
      packed += computeUInt64SizeNoTag(sequence);
    }
    return number(Request.EPOCH_FIELD_NUMBER, epoch)
        + packed(Request.SEQUENCES_FIELD_NUMBER, packed);
  }

  private static int bytes(Message.Attach ask) {
    return number(Attach.SUBSTREAM_FIELD_NUMBER, ask.substream())
        + number(Attach.SLOTS_FIELD_NUMBER, ask.slots())
        + flag(Attach.HOME_FIELD_NUMBER, ask.home())
        + number(Attach.NEED_FIELD_NUMBER, MessageCodec.need(ask.need()).getNumber());
  }

  private static int bytes(Message.Spare spare) {
    return number(Spare.SUBSTREAM_FIELD_NUMBER, spare.substream())
        + number(Spare.SLOTS_FIELD_NUMBER, spare.slots())
        + records(Spare.OPENINGS_FIELD_NUMBER, spare.openings())
        + number(Spare.STRENGTH_FIELD_NUMBER, spare.strength());
  }

  private static int bytes(Message.Supply supply) {
    int packed = 0;
    for (int spare : supply.spare()) {
      packed += computeUInt32SizeNoTag(spare);
    }
    return packed(Supply.SPARE_FIELD_NUMBER, packed);
  }

  private static int bytes(Message.Attached attached) {
    PeerRecord adopt = attached.adopt();
    return number(Attached.SUBSTREAM_FIELD_NUMBER, attached.substream())
        + path(Attached.PATH_FIELD_NUMBER, attached.path())
        + records(Attached.ALTERNATIVES_FIELD_NUMBER, attached.alternatives())
        + (adopt == null ? 0 : computeMessageSize(Attached.ADOPT_FIELD_NUMBER, adopt.toProto()))
        + number(Attached.NEXT_FIELD_NUMBER, attached.next());
  }

  private static int path(int field, long[] path) {
    return packed(field, Long.BYTES * path.length);
  }

  private static int records(int field, List<PeerRecord> records) {
    int bytes = 0;
    for (PeerRecord record : records) {
      bytes += computeMessageSize(field, record.toProto());
    }
    return bytes;
  }

  private static int nonce(long nonce) {
    return nonce == 0 ? 0 : computeFixed64Size(Ping.NONCE_FIELD_NUMBER, nonce);
  }

  private static int number(int field, int value) {
    return value == 0 ? 0 : computeUInt32Size(field, value);
  }

  private static int number(int field, long value) {
    return value == 0 ? 0 : computeUInt64Size(field, value);
  }

  private static int numbers(int[] values) {
    int bytes = 0;
    for (int value : values) {
      bytes += computeUInt32SizeNoTag(value);
    }
    return bytes;
  }

  private static int flag(int field, boolean value) {
    return value ? computeBoolSize(field, true) : 0;
  }

  private static int packed(int field, int bytes) {
    return bytes == 0 ? 0 : delimited(field, bytes);
  }

  private static int delimited(int field, int bytes) {
    return computeTagSize(field) + computeUInt32SizeNoTag(bytes) + bytes;
  }
}

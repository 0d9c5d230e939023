package dev.livestream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Holds decoded messages against the limits of the wire. */
final class WithinLimits {
  private WithinLimits() {}

  static void check(Message message) {
    if (message instanceof Message.Hello m) {
      records(List.of(m.record()));
    } else if (message instanceof Message.ManifestUpdate m) {
      assertThat(m.manifest().header()).hasSizeLessThanOrEqualTo(WireLimits.STREAM_HEADER_BYTES);
      assertThat(m.manifest().endSequence()).isNotNegative();
    } else if (message instanceof Message.Have m) {
      assertThat(m.bits()).hasSizeLessThanOrEqualTo(WireLimits.HAVE_BYTES);
      numbers(m.epoch(), m.base(), m.entry());
      assertThat(m.queueMillis()).isNotNegative();
    } else if (message instanceof Message.Request m) {
      sequences(m.epoch(), m.sequences());
    } else if (message instanceof Message.Refuse m) {
      sequences(m.epoch(), m.sequences());
    } else if (message instanceof Message.Cancel m) {
      sequences(m.epoch(), m.sequences());
    } else if (message instanceof Message.Attach m) {
      substream(m.substream());
      assertThat(m.slots()).isBetween(0, WireLimits.SLOTS);
    } else if (message instanceof Message.Attached m) {
      substream(m.substream());
      assertThat(m.path()).hasSizeLessThanOrEqualTo(WireLimits.PATH_HOPS);
      records(m.alternatives());
      numbers(m.next());
    } else if (message instanceof Message.Redirect m) {
      substream(m.substream());
      records(m.candidates());
    } else if (message instanceof Message.Detach m) {
      substream(m.substream());
      numbers(m.until());
    } else if (message instanceof Message.PathUpdate m) {
      substream(m.substream());
      assertThat(m.path()).hasSizeLessThanOrEqualTo(WireLimits.PATH_HOPS);
    } else if (message instanceof Message.Spare m) {
      substream(m.substream());
      assertThat(m.slots()).isBetween(0, WireLimits.SLOTS);
      assertThat(m.strength()).isBetween(0, WireLimits.SLOTS);
      records(m.openings());
    } else if (message instanceof Message.Supply m) {
      assertThat(m.spare()).hasSizeLessThanOrEqualTo(WireLimits.SUBSTREAMS);
      assertThat(IntStream.of(m.spare())).allMatch(spare -> spare >= 0);
    } else if (message instanceof Message.Places m) {
      assertThat(m.free()).isBetween(0, WireLimits.SLOTS);
      assertThat(m.home()).isBetween(-1, WireLimits.SUBSTREAMS - 1);
      assertThat(m.bar()).isBetween(0, WireLimits.SLOTS);
      assertThat(m.levels()).hasSizeLessThanOrEqualTo(WireLimits.SUBSTREAMS);
      assertThat(m.present()).isBetween(0L, WireLimits.TIMESTAMP_MILLIS);
      assertThat(m.behind()).hasSameSizeAs(m.levels());
      assertThat(IntStream.of(m.behind()))
          .allMatch(millis -> millis >= 0 && millis <= WireLimits.DELAY_MILLIS);
      assertThat(m.headStart()).isBetween(0, WireLimits.DELAY_MILLIS);
      assertThat(IntStream.of(m.levels()))
          .allMatch(level -> level >= 0 && level <= WireLimits.PATH_HOPS);
    } else if (message instanceof Message.Shuffle m) {
      records(m.records());
    } else if (message instanceof Message.Goodbye m) {
      records(m.candidates());
      assertThat(m.reason().code()).isNotNegative();
    }
  }

  private static void records(List<PeerRecord> records) {
    assertThat(records).hasSizeLessThanOrEqualTo(WireLimits.RECORDS);
    for (PeerRecord record : records) {
      assertThat(record.addresses()).hasSizeLessThanOrEqualTo(WireLimits.ADDRESSES);
      assertThat(record.addresses()).allMatch(address -> address.port() > 0);
    }
  }

  private static void sequences(long epoch, long[] sequences) {
    assertThat(sequences).hasSizeLessThanOrEqualTo(WireLimits.SEQUENCES);
    numbers(epoch);
    numbers(sequences);
  }

  private static void numbers(long... numbers) {
    assertThat(LongStream.of(numbers))
        .allMatch(number -> number >= 0 && number <= Long.MAX_VALUE / 4);
  }

  private static void substream(int substream) {
    assertThat(substream).isBetween(0, WireLimits.SUBSTREAMS - 1);
  }
}

package dev.livestream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.livestream.crypto.PeerId;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.TransferOutcome;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Message;
import dev.livestream.wire.MessageCodec;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import dev.livestream.wire.WireException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to an engine, in whatever order: it throws nothing, comes to rest, speaks only
 * to peers that are there and only what the wire can carry, passes on and delivers only what is
 * genuine, and delivers in order.
 *
 * <p>In a normal build this runs over two hundred random histories. With {@code JAZZER_FUZZ=1} in
 * the environment it searches for more.
 */
class EngineFuzzTest {
  private static final long START = 1_000_000_000L;
  private static final int MOST_OUTPUTS = 5_000;
  private static final int MOST_QUESTIONS = 64;
  private static final int MOST_EVENTS = 3_000;
  private static final FuzzedPeers PEERS = new FuzzedPeers();

  @MethodSource("histories")
  @FuzzTest(maxDuration = "5m")
  void anyHistory(byte[] bytes) {
    new History(new Choices(bytes)).live();
  }

  static Stream<byte[]> histories() {
    return IntStream.range(0, 200)
        .mapToObj(
            seed -> {
              byte[] bytes = new byte[6_000];
              new SplittableRandom(seed).nextBytes(bytes);
              return bytes;
            });
  }

  /** One engine's life among the peers. */
  private static final class History {
    private final Choices choices;
    private final boolean source;
    private final SwarmEngine engine;
    private final Set<PeerId> connected = new LinkedHashSet<>();
    private final Map<Long, PeerId> transfers = new LinkedHashMap<>();
    private final ArrayDeque<Output.Connect> dialled = new ArrayDeque<>();
    private final ArrayDeque<Input.Received> questions = new ArrayDeque<>();
    private long transfersSeen = -1;
    private long now = START;
    private int published;
    private int epoch;
    private long playing = -1;
    private long next = -1;

    History(Choices choices) {
      this.choices = choices;
      this.source = choices.one(4);
      this.engine =
          new SwarmEngine(
              new EngineConfig(
                  PEERS.key.id(),
                  PEERS.self.id(),
                  source ? Role.SOURCE : Role.VIEWER,
                  !source && choices.one(6),
                  !choices.one(6),
                  1_000_000,
                  choices.one(3) ? 20_000 : 0,
                  Tuning.DEFAULT),
              new FuzzedPeers.Knowing(),
              new Random(choices.below(256)),
              now);
    }

    void live() {
      handle(new Input.LocalRecord(PEERS.records.get(0)));
      for (int events = 0; events < MOST_EVENTS && !choices.isOver(); events++) {
        step();
      }
      handle(new Input.Leave());
      assertThat(engine.nextTimeout()).isEqualTo(Long.MAX_VALUE);
    }

    private void step() {
      PeerRecord peer = PEERS.other(choices);
      switch (choices.below(20)) {
        case 0, 1 -> connect(peer);
        case 2 -> {
          if (choices.one(5) && connected.remove(peer.id())) {
            transfers.values().removeIf(peer.id()::equals);
            handle(new Input.Disconnected(peer.id(), CloseReason.LOST));
          }
        }
        case 3, 4, 5, 6 -> receive(peer, PEERS.message(peer, choices));
        case 7, 8, 9 -> {
          if (connected.contains(peer.id())) {
            handle(new Input.ReceivedChunk(peer.id(), PEERS.chunk(choices, now)));
          }
        }
        case 10 -> endTransfer();
        case 11 -> answerDial();
        case 12 -> handle(new Input.PathMeasured(peer.id(), choices.micros(), choices.micros()));
        case 13 ->
            handle(choices.one(20) ? new Input.Withdraw() : new Input.Overhead(choices.below(256)));
        case 14 -> publishOrMeet(peer);
        case 15, 16, 17, 18 -> answer();
        default -> pass(choices.micros());
      }
    }

    private void connect(PeerRecord peer) {
      if (connected.add(peer.id())) {
        handle(new Input.Connected(peer.id(), FuzzedPeers.address(1), choices.one(2)));
        if (!choices.one(10)) {
          receive(peer, PEERS.hello(peer, choices));
        }
      }
    }

    private void receive(PeerRecord from, Message message) {
      if (connected.contains(from.id())) {
        handle(new Input.Received(from.id(), message));
      }
    }

    /** Somebody does what it was asked for, more or less. */
    private void answer() {
      Input.Received asked = questions.poll();
      if (asked == null || !connected.contains(asked.peer())) {
        return;
      }
      Message answer = PEERS.answer(asked.message(), choices);
      if (answer != null) {
        handle(new Input.Received(asked.peer(), answer));
      } else if (asked.message() instanceof Message.Request request) {
        for (long sequence : request.sequences()) {
          Chunk chunk = PEERS.chunk(request.epoch(), sequence, now, 0, 9, !choices.one(60));
          if (connected.contains(asked.peer())) {
            handle(new Input.ReceivedChunk(asked.peer(), chunk));
          }
        }
      }
    }

    private void endTransfer() {
      Long transfer = transfers.keySet().stream().findFirst().orElse(null);
      if (transfer != null) {
        PeerId peer = transfers.remove(transfer);
        TransferOutcome outcome = choices.of(List.of(TransferOutcome.values()));
        handle(new Input.TransferEnded(peer, transfer, outcome));
      }
    }

    private void answerDial() {
      Output.Connect dial = dialled.poll();
      if (dial == null) {
        return;
      }
      PeerRecord answering =
          PEERS.records.stream()
              .filter(record -> record.id().equals(dial.expected()))
              .findFirst()
              .orElse(PEERS.other(choices));
      if (choices.one(2) && connected.add(answering.id())) {
        handle(new Input.Connected(answering.id(), dial.address(), true));
        receive(answering, PEERS.hello(answering, choices));
      } else {
        handle(new Input.ConnectFailed(dial.address(), dial.expected(), CloseReason.UNREACHABLE));
      }
    }

    private void publishOrMeet(PeerRecord peer) {
      if (!source) {
        handle(
            choices.one(2)
                ? new Input.Introduced(List.of(peer))
                : new Input.Bootstrap(List.of(FuzzedPeers.address(choices.below(30)))));
      } else if (epoch == 0 || choices.one(20)) {
        epoch = Math.min(3, epoch + 1);
        published = 0;
        handle(new Input.PublishManifest(PEERS.genuineManifest(epoch, 1)));
      } else {
        Chunk chunk = PEERS.chunk(epoch, published++, now, 0, choices.below(256), true);
        handle(new Input.Publish(chunk));
      }
    }

    /** Time passes as it does for a node: the engine is woken whenever it wants to be. */
    private void pass(long micros) {
      long end = now + micros;
      int wakes = 0;
      while (engine.nextTimeout() <= end) {
        now = Math.max(now, engine.nextTimeout());
        engine.tick(now);
        drain();
        assertThat(++wakes).as("wakes within %d us", micros).isLessThan(20_000);
      }
      now = end;
    }

    private void handle(Input input) {
      engine.handle(input, now);
      drain();
    }

    private void drain() {
      int outputs = 0;
      for (Output output = engine.poll(); output != null; output = engine.poll()) {
        assertThat(++outputs).as("outputs of one step").isLessThan(MOST_OUTPUTS);
        check(output);
      }
    }

    private void check(Output output) {
      if (output instanceof Output.Send send) {
        assertThat(connected).contains(send.peer());
        for (Message message : send.messages()) {
          checkCarried(message);
          if (questions.size() < MOST_QUESTIONS) {
            questions.add(new Input.Received(send.peer(), message));
          }
        }
      } else if (output instanceof Output.SendChunk send) {
        assertThat(connected).contains(send.peer());
        assertThat(FuzzedPeers.isGenuine(send.chunk())).isTrue();
        assertThat(send.transfer()).isGreaterThan(transfersSeen);
        transfersSeen = send.transfer();
        transfers.put(send.transfer(), send.peer());
      } else if (output instanceof Output.CancelTransfer cancel) {
        assertThat(connected).contains(cancel.peer());
      } else if (output instanceof Output.Disconnect gone) {
        assertThat(connected.remove(gone.peer())).isTrue();
        transfers.values().removeIf(gone.peer()::equals);
      } else if (output instanceof Output.Connect dial) {
        assertThat(dial.expected()).isNotEqualTo(PEERS.self.id());
        dialled.add(dial);
        assertThat(dialled).hasSizeLessThan(64);
      } else if (output instanceof Output.Deliver deliver) {
        delivered(deliver.chunk());
      } else if (output instanceof Output.Gap gap) {
        assertThat(gap.from()).isLessThan(gap.to());
        follows(gap.epoch(), gap.from());
        next = gap.to();
      }
    }

    private void checkCarried(Message message) {
      try {
        assertThat(MessageCodec.decode(MessageCodec.encode(List.of(message)))).hasSize(1);
      } catch (WireException e) {
        throw new AssertionError("said what the wire does not allow: " + message, e);
      }
    }

    private void delivered(Chunk chunk) {
      assertThat(FuzzedPeers.isGenuine(chunk)).isTrue();
      follows(chunk.epoch(), chunk.sequence());
      next = chunk.sequence() + 1;
    }

    private void follows(long ofEpoch, long sequence) {
      assertThat(ofEpoch).isGreaterThanOrEqualTo(playing);
      if (ofEpoch == playing && next >= 0) {
        assertThat(sequence).isEqualTo(next);
      }
      playing = ofEpoch;
    }
  }
}

package dev.livestream.crypto;

import static dev.livestream.crypto.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChunkVerifierTest {
  static IntStream batchSizes() {
    return IntStream.rangeClosed(1, SessionKey.MAX_BATCH);
  }

  @ParameterizedTest
  @MethodSource("batchSizes")
  void everyChunkOfABatchVerifiesInAnyOrderAtThePriceOfOneSignatureCheck(int size) {
    Random random = new Random(size);
    SessionKey session = Samples.session(0, 3, 0);
    List<UnsignedChunk> batch = Samples.batch(random, 3, random.nextInt(1000), size);
    List<ChunkProof> proofs = session.signBatch(batch);
    ChunkVerifier verifier = Samples.verifier(session);
    long before = verifier.signatureChecks();

    List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(order, random);
    for (int i : order) {
      UnsignedChunk chunk = batch.get(i);
      assertThat(verifier.verify(chunk.meta(), chunk.payload(), proofs.get(i), NOW))
          .isEqualTo(Verdict.VERIFIED);
    }
    assertThat(verifier.signatureChecks() - before).isEqualTo(1);
    assertThat(verifier.rootsRemembered()).isEqualTo(1);
  }
}

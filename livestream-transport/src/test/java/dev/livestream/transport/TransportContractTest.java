package dev.livestream.transport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every transport must do, as the Javadoc of {@code dev.livestream.spi} says it. To put a
 * transport under it, extend it and say how to open one.
 *
 * <p>After every test all endpoints are closed, and every handler is asked whether its callbacks
 * came on the loop and in order: {@code opened} first and once, {@code closed} last and once.
 *
 * <p>Where the Javadoc leaves a choice, this suite takes one: a peer that is told {@code
 * Transport.close} hears {@code LEAVING}; a frame longer than the receiver's limit ends in {@code
 * PROTOCOL_ERROR}; one connection too many is refused with {@code BUSY} or as {@code UNREACHABLE};
 * {@code transferEnded} never comes before {@code sendChunk} has returned.
 */
public abstract class TransportContractTest
    implements OpeningContract,
        ControlContract,
        ChunkContract,
        SignsContract,
        ClosingContract,
        IsolationContract {
  private ContractFixture fixture;

  /** A fresh harness; called once per test. */
  protected abstract TransportHarness harness();

  @BeforeEach
  final void begin() {
    fixture = new ContractFixture(harness());
  }

  @AfterEach
  final void end() {
    fixture.close();
  }

  @Override
  public final ContractFixture fixture() {
    return fixture;
  }
}

package dev.livestream.engine;

/**
 * An engine's counters since it was made, and its state now. Immutable.
 *
 * @param peers connections that have said hello
 * @param meshNeighbours of these, mesh neighbours
 * @param parents substreams that have a parent
 * @param children places given to children, over all substreams
 * @param slots places it could give
 * @param chunksReceived chunks verified, each counted once
 * @param chunksDelivered chunks put in order for the reader
 * @param chunksMissed chunks reported as gaps
 * @param chunksPulled of those received, asked for by request
 * @param duplicates chunks that came again
 * @param duplicateBytes their frames' bytes
 * @param rejected chunks and manifests that were not genuine
 * @param bannedPeers peers thrown out for forgery or breach of protocol
 * @param payloadUp media bytes sent
 * @param payloadDown media bytes received, duplicates included
 * @param proofBytesDown bytes of proofs received
 * @param chunkBytesUp bytes of chunk frames sent
 * @param chunkBytesDown bytes of chunk frames received
 * @param controlMessagesUp control messages sent
 * @param controlMessagesDown control messages received
 * @param uplinkBytesPerSecond what the uplink is taken to carry
 * @param uplinkQueueMicros how long a chunk queued now would wait
 * @param windowBytes payload bytes held for others
 */
public record EngineStats(
    int peers,
    int meshNeighbours,
    int parents,
    int children,
    int slots,
    long chunksReceived,
    long chunksDelivered,
    long chunksMissed,
    long chunksPulled,
    long duplicates,
    long duplicateBytes,
    long rejected,
    long bannedPeers,
    long payloadUp,
    long payloadDown,
    long proofBytesDown,
    long chunkBytesUp,
    long chunkBytesDown,
    long controlMessagesUp,
    long controlMessagesDown,
    long uplinkBytesPerSecond,
    long uplinkQueueMicros,
    long windowBytes) {}

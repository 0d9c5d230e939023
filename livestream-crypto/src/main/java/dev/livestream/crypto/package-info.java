/**
 * Identities, certificates and chunk proofs.
 *
 * <p>The ladder of trust has three rungs. A {@link dev.livestream.crypto.ChannelId} is the public
 * key that names a channel. The channel key signs a {@link
 * dev.livestream.crypto.SessionCertificate} for a short-lived {@link
 * dev.livestream.crypto.SessionKey}. The session key signs the Merkle root of each batch of chunks,
 * and every chunk carries a {@link dev.livestream.crypto.ChunkProof} that leads to that root, so
 * that each chunk verifies alone, in any order and under any loss. A {@link
 * dev.livestream.crypto.ChunkVerifier} checks all of it.
 *
 * <p>Everything here is free of clocks (time is passed in) except where a class says otherwise, and
 * signatures are pure Ed25519 (RFC 8032) over a domain-separated input, see {@link
 * dev.livestream.crypto.SignatureDomain}.
 */
@NullMarked
package dev.livestream.crypto;

import org.jspecify.annotations.NullMarked;

/**
 * Who signed what: channel keys, session certificates and chunk proofs.
 *
 * <p>This module knows bytes, keys and hashes. It knows no peers' streams, no network and no
 * threads.
 */
module dev.livestream.crypto {
  requires static transitive org.jspecify;
  requires org.bouncycastle.provider;
  requires org.bouncycastle.pkix;

  exports dev.livestream.crypto;
}

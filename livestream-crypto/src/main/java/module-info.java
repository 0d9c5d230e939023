/** Who signed what: keys, certificates and chunk proofs. Knows nothing of streams of peers. */
module dev.livestream.crypto {
  requires static transitive org.jspecify;
  requires org.bouncycastle.provider;
  requires com.github.benmanes.caffeine;

  exports dev.livestream.crypto;
}

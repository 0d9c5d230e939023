package dev.livestream.transport.quic;

import dev.livestream.crypto.PeerIdentity;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.quic.BoringSSLContextOption;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.handler.ssl.ClientAuth;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.IdentityHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Mutual TLS with the peer's own self-signed certificate.
 *
 * <p>Nobody vouches for anybody: whoever completes the handshake with a key is that key's peer.
 * Each engine has its own {@link PeerCheck}, so connections that are set up at the same time cannot
 * be mistaken for each other. Engines get no host name: nothing is said in the clear about who is
 * meant, and no session is resumed, which would skip the certificates. Used on one loop only.
 */
final class PeerTls {
  private static final String ED25519 = "ed25519";
  private static final String ALIAS = "peer";

  private final QuicSslContext server;
  private final QuicSslContext client;
  private final IdentityHashMap<SSLEngine, PeerCheck> checks = new IdentityHashMap<>();

  PeerTls(PeerIdentity identity) {
    OwnKey key = new OwnKey(identity.privateKey(), identity.certificate());
    EngineTrust trust = new EngineTrust();
    server =
        QuicSslContextBuilder.forServer(key, null)
            .trustManager(trust)
            .clientAuth(ClientAuth.REQUIRE)
            .applicationProtocols(QuicSettings.ALPN)
            .option(BoringSSLContextOption.SIGNATURE_ALGORITHMS, new String[] {ED25519})
            .build();
    client =
        QuicSslContextBuilder.forClient()
            .keyManager(key, null)
            .trustManager(trust)
            .endpointIdentificationAlgorithm(null)
            .applicationProtocols(QuicSettings.ALPN)
            .option(BoringSSLContextOption.SIGNATURE_ALGORITHMS, new String[] {ED25519})
            .build();
  }

  /** An engine for a connection that another peer opens. */
  QuicSslEngine accept(ByteBufAllocator allocator, PeerCheck check) {
    return bound(server.newEngine(allocator), check);
  }

  /** An engine for a connection that is opened here. */
  QuicSslEngine open(ByteBufAllocator allocator, PeerCheck check) {
    return bound(client.newEngine(allocator), check);
  }

  private QuicSslEngine bound(QuicSslEngine engine, PeerCheck check) {
    checks.put(engine, check);
    return engine;
  }

  /** The engine's connection is gone. */
  void forget(SSLEngine engine) {
    checks.remove(engine);
  }

  /** Accepts any key, and tells the engine's check whose it is. */
  private final class EngineTrust extends X509ExtendedTrustManager {
    private void check(X509Certificate[] chain, SSLEngine engine) throws CertificateException {
      PeerCheck check = checks.get(engine);
      if (check == null) {
        throw new CertificateException("an engine that was never bound");
      }
      check.met(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("without an engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("without an engine");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("without an engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("without an engine");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** The one key, whatever kind is asked for: the signature algorithm allows no other. */
  private static final class OwnKey extends X509ExtendedKeyManager {
    private final PrivateKey key;
    private final X509Certificate certificate;

    OwnKey(PrivateKey key, X509Certificate certificate) {
      this.key = key;
      this.certificate = certificate;
    }

    @Override
    public String chooseEngineClientAlias(
        String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public String chooseEngineServerAlias(
        String type, Principal @Nullable [] issuers, SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {certificate};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }
  }
}

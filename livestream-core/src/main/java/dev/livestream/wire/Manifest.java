package dev.livestream.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.livestream.crypto.ChannelId;
import dev.livestream.crypto.MalformedException;
import dev.livestream.crypto.SessionCertificate;
import dev.livestream.crypto.SessionKey;
import dev.livestream.crypto.SignatureDomain;
import dev.livestream.wire.proto.ManifestBody;
import java.nio.charset.StandardCharsets;

/**
 * What a stream is, signed by its session key: everything a viewer needs before its first chunk.
 *
 * <p>Of two manifests the one with the higher epoch wins, then the one with the higher version.
 * Immutable.
 */
public final class Manifest {
  private static final int SIGNATURE_BYTES = 64;

  private final ChannelId channel;
  private final long epoch;
  private final int keyId;
  private final int version;
  private final String title;
  private final String contentType;
  private final ByteString header;
  private final StreamParameters parameters;
  private final long endSequence;
  private final SessionCertificate certificate;
  private final ByteString body;
  private final ByteString signature;

  private Manifest(
      ManifestBody proto,
      ChannelId channel,
      StreamParameters parameters,
      SessionCertificate certificate,
      ByteString body,
      ByteString signature) {
    this.channel = channel;
    this.epoch = proto.getEpoch();
    this.keyId = proto.getKeyId();
    this.version = proto.getVersion();
    this.title = proto.getTitle();
    this.contentType = proto.getContentType();
    this.header = proto.getHeader();
    this.parameters = parameters;
    this.endSequence = proto.getEndSequence();
    this.certificate = certificate;
    this.body = body;
    this.signature = signature;
  }

  /**
   * Makes and signs a manifest.
   *
   * @param version counts up within an epoch
   * @param endSequence one more than the last sequence number, or 0 while the stream goes on
   */
  public static Manifest sign(
      SessionKey key,
      int version,
      String title,
      String contentType,
      byte[] header,
      StreamParameters parameters,
      long endSequence) {
    checkText("title", title, WireLimits.TITLE_BYTES);
    checkText("content type", contentType, WireLimits.CONTENT_TYPE_BYTES);
    if (header.length > WireLimits.STREAM_HEADER_BYTES) {
      throw new IllegalArgumentException(
          "a stream header has at most " + WireLimits.STREAM_HEADER_BYTES + " bytes");
    }
    SessionCertificate certificate = key.certificate();
    ManifestBody proto =
        ManifestBody.newBuilder()
            .setChannel(ByteString.copyFrom(certificate.channel().bytes()))
            .setEpoch(certificate.terms().epoch())
            .setKeyId(certificate.terms().keyId())
            .setVersion(version)
            .setTitle(title)
            .setContentType(contentType)
            .setHeader(ByteString.copyFrom(header))
            .setSubstreams(parameters.substreams())
            .setMaxChunkBytes(parameters.maxChunkBytes())
            .setWindowChunks(parameters.windowChunks())
            .setBitrate(parameters.bitrate())
            .setEndSequence(endSequence)
            .build();
    ByteString body = proto.toByteString();
    ByteString signature =
        ByteString.copyFrom(key.sign(SignatureDomain.MANIFEST, body.toByteArray()));
    return new Manifest(proto, certificate.channel(), parameters, certificate, body, signature);
  }

  private static void checkText(String what, String text, int limit) {
    if (text.getBytes(StandardCharsets.UTF_8).length > limit) {
      throw new IllegalArgumentException("a " + what + " has at most " + limit + " bytes");
    }
  }

  static Manifest fromProto(dev.livestream.wire.proto.SignedManifest signed) throws WireException {
    if (signed.getSignature().size() != SIGNATURE_BYTES) {
      throw new WireException("manifest signature of wrong length");
    }
    try {
      ManifestBody proto = ManifestBody.parseFrom(signed.getBody());
      SessionCertificate certificate =
          SessionCertificate.decode(signed.getCertificate().toByteArray());
      if (proto.getEpoch() < 0
          || proto.getEndSequence() < 0
          || proto.getVersion() < 0
          || proto.getEpoch() != certificate.terms().epoch()
          || proto.getKeyId() != certificate.terms().keyId()) {
        throw new WireException("manifest does not match its certificate");
      }
      if (proto.getHeader().size() > WireLimits.STREAM_HEADER_BYTES
          || proto.getTitleBytes().size() > WireLimits.TITLE_BYTES
          || proto.getContentTypeBytes().size() > WireLimits.CONTENT_TYPE_BYTES) {
        throw new WireException("manifest with oversized fields");
      }
      return new Manifest(
          proto,
          ChannelId.of(proto.getChannel().toByteArray()),
          new StreamParameters(
              proto.getSubstreams(),
              proto.getMaxChunkBytes(),
              proto.getWindowChunks(),
              proto.getBitrate()),
          certificate,
          signed.getBody(),
          signed.getSignature());
    } catch (InvalidProtocolBufferException e) {
      throw new WireException("manifest is not a valid message");
    } catch (MalformedException e) {
      throw new WireException("manifest certificate: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new WireException("manifest out of range: " + e.getMessage());
    }
  }

  dev.livestream.wire.proto.SignedManifest toProto() {
    return dev.livestream.wire.proto.SignedManifest.newBuilder()
        .setBody(body)
        .setSignature(signature)
        .setCertificate(ByteString.copyFrom(certificate.encode()))
        .build();
  }

  /** Whether this replaces another: later epoch, or later version in the same one. */
  public boolean supersedes(Manifest other) {
    return epoch != other.epoch ? epoch > other.epoch : version > other.version;
  }

  /** The channel it speaks of. */
  public ChannelId channel() {
    return channel;
  }

  /** The run of the broadcaster. Later runs have greater numbers. */
  public long epoch() {
    return epoch;
  }

  /** Which session key signed it. */
  public int keyId() {
    return keyId;
  }

  /** Counts up within the epoch. */
  public int version() {
    return version;
  }

  /** What the broadcaster calls the stream. Any text; never trust it as markup. */
  public String title() {
    return title;
  }

  /** The media's MIME type, or empty. */
  public String contentType() {
    return contentType;
  }

  /** What a reader must get before the first chunk; empty if nothing. */
  public byte[] header() {
    return header.toByteArray();
  }

  /** How the stream is cut. */
  public StreamParameters parameters() {
    return parameters;
  }

  /** Whether the stream has ended. */
  public boolean ended() {
    return endSequence > 0;
  }

  /** One more than the last sequence number, once the stream has ended; else 0. */
  public long endSequence() {
    return endSequence;
  }

  /** The certificate of the key that signed it. */
  public SessionCertificate certificate() {
    return certificate;
  }

  /** The signed bytes. */
  public byte[] body() {
    return body.toByteArray();
  }

  /** The session key's signature over {@link #body}. */
  public byte[] signature() {
    return signature.toByteArray();
  }

  @Override
  public String toString() {
    return "manifest " + epoch + "." + version + " of " + channel;
  }
}

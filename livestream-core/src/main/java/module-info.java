/** The public API, the wire format and the engine. */
// "module": the friends named below are built after this module. "requires-automatic": protobuf
// and others have a stable automatic module name, but no descriptor.
@SuppressWarnings({"module", "requires-automatic"})
module dev.livestream.core {
  requires static transitive org.jspecify;
  requires transitive dev.livestream.crypto;
  requires com.github.benmanes.caffeine;
  requires com.google.protobuf;
  requires org.slf4j;

  uses dev.livestream.spi.TransportProvider;

  exports dev.livestream;
  exports dev.livestream.spi;
  exports dev.livestream.wire to
      dev.livestream.transport;
  exports dev.livestream.engine to
      dev.livestream.transport;
  exports dev.livestream.node to
      dev.livestream.transport;
}

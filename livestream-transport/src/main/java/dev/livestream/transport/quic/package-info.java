/**
 * The default transport: QUIC with one UDP socket for both roles.
 *
 * <p>{@link dev.livestream.transport.quic.QuicTransportProvider} is the way in. {@code
 * QuicTransport} is an endpoint, {@code QuicConnection} a connection with its {@code
 * ControlStream}, {@code ChunkSender} and {@code ChunkReceiver}; {@code Demux} sorts the socket's
 * datagrams between the two roles; {@code HandshakeGate} and {@code AddressTokens} decide who may
 * open a connection. How frames are laid on streams is in docs/protocol.md, section 3.
 */
@NullMarked
package dev.livestream.transport.quic;

import org.jspecify.annotations.NullMarked;
